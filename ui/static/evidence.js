// Citations and the article: [n] leads to its sentence, and the sentence back to its claim.
(() => {
  const pane = () => document.getElementById("evidence");
  const marks = () => [...pane().querySelectorAll("mark")];
  const namesOf = (mark) => mark.dataset.citations.split(" ");

  // Only the marks of one answer are shown, with the numbers that they have in it.
  const activate = (turn) => {
    for (const mark of marks()) {
      const name = namesOf(mark).find((n) => n.startsWith(`${turn}-`));
      mark.classList.toggle("active", Boolean(name));
      if (name) {
        mark.dataset.number = name.split("-")[1];
        mark.setAttribute("role", "link");
        mark.tabIndex = 0;
      } else {
        delete mark.dataset.number;
        mark.removeAttribute("role");
        mark.removeAttribute("tabindex");
      }
    }
  };

  const flash = (element) => {
    element.classList.remove("flash");
    void element.offsetWidth; // Restarts the animation.
    element.classList.add("flash");
  };

  const showArticle = (article) => {
    const all = [...pane().querySelectorAll("article")];
    for (const each of all) each.hidden = each !== article;
    for (const button of pane().querySelectorAll(".cited button")) {
      button.setAttribute("aria-pressed", String(all[button.dataset.article] === article));
    }
  };

  const show = (name) => {
    const own = marks().filter((mark) => namesOf(mark).includes(name));
    if (own.length === 0) return;
    activate(name.split("-")[0]);
    showArticle(own[0].closest("article"));
    own[0].scrollIntoView({ block: "center" });
    own[0].focus({ preventScroll: true });
    own.forEach(flash);
  };

  const backToClaim = (mark) => {
    const name = namesOf(mark).find((n) => n.endsWith(`-${mark.dataset.number}`));
    const claim = document.querySelector(`#conversation a.citation[href$="#citation-${name}"]`);
    if (!claim) return;
    claim.scrollIntoView({ block: "center" });
    claim.focus({ preventScroll: true });
    flash(claim);
  };

  // Positions are Python's, in code points; those of a text node are in UTF-16.
  const rangeOf = (paragraph, start, end) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let at = Number(paragraph.dataset.start);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = Array.from(node.data);
      const offset = (position) => points.slice(0, position - at).join("").length;
      if (start >= at && start < at + points.length) range.setStart(node, offset(start));
      if (end > at && end <= at + points.length) range.setEnd(node, offset(end));
      at += points.length;
    }
    return range;
  };

  const showStatement = (link) => {
    const paragraphs = [...link.closest("article").querySelectorAll("p[data-start]")];
    const ranges = link.dataset.places.split(" ").map((place) => {
      const [start, end] = place.split("-").map(Number);
      const own = paragraphs.filter((p) => Number(p.dataset.start) <= start).at(-1);
      own.scrollIntoView({ block: "center" });
      flash(own);
      return rangeOf(own, start, end);
    });
    CSS.highlights?.set("statement", new Highlight(...ranges));
  };

  const ACTIONS = [
    ['a[href*="#citation-"]', (link) => show(link.getAttribute("href").split("#citation-")[1])],
    ["#evidence a.statement", showStatement],
    ["#evidence mark.active", backToClaim],
    [
      "#evidence .cited button",
      (button) => showArticle(pane().querySelectorAll("article")[button.dataset.article]),
    ],
  ];

  const act = (event) => {
    for (const [selector, action] of ACTIONS) {
      const target = event.target.closest?.(selector);
      if (!target) continue;
      event.preventDefault();
      event.stopPropagation();
      action(target);
      return;
    }
  };
  document.addEventListener("click", act, true);
  // A mark is no link of the browser's: the key that follows one does not click it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#evidence mark.active")) act(event);
  });

  // Scrolls the article alone: on a narrow screen the page stays at the answer.
  const showLatest = () => {
    const active = [...pane().querySelectorAll("article:not([hidden]) mark.active")];
    const first = active.find((mark) => mark.dataset.number === "1") ?? active[0];
    if (!first) return;
    const below = first.getBoundingClientRect().top - pane().getBoundingClientRect().top;
    pane().scrollTop += below - pane().clientHeight / 2;
  };

  let seen = "";
  new MutationObserver(() => {
    const latest = pane() ? marks().map((mark) => mark.dataset.citations).join() : "";
    if (latest === seen) return;
    seen = latest;
    showLatest();
  }).observe(document, { childList: true, subtree: true });
})();
