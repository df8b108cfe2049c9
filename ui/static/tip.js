// The quotation behind [n], beside the pointer or the keyboard's focus.
(() => {
  let tip;
  let link;

  const hide = () => {
    if (link) link.title = tip.textContent;
    link = undefined;
    if (tip) tip.hidden = true;
  };

  const show = (target) => {
    if (target === link) return;
    hide();
    if (!target?.title) return;
    if (!tip) {
      tip = document.createElement("div");
      tip.id = "tip";
      tip.setAttribute("role", "tooltip");
      document.body.append(tip);
    }
    link = target;
    tip.textContent = link.title;
    link.removeAttribute("title"); // Or the browser shows it as well.
    link.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    const place = link.getBoundingClientRect();
    const left = Math.min(place.left, innerWidth - tip.offsetWidth - 8);
    const above = place.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above >= 0 ? above : place.bottom + 6}px`;
  };

  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => show(event.target.closest?.("a.citation")));
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", hide, true);
})();
