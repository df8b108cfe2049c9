// Citations and the article: clicking [n] shows its sentence; a new answer scrolls to its first.
(() => {
  const evidence = () => document.getElementById("evidence");

  const marksOf = (name) => [...evidence().querySelectorAll(`mark[data-citations~="${name}"]`)];

  const activate = (turn) => {
    for (const mark of evidence().querySelectorAll("mark")) {
      const name = mark.dataset.citations.split(" ").find((n) => n.startsWith(`${turn}-`));
      mark.classList.toggle("active", Boolean(name));
      if (name) mark.dataset.number = name.split("-")[1];
      else delete mark.dataset.number;
    }
  };

  const flash = (mark) => {
    mark.classList.remove("flash");
    void mark.offsetWidth; // Restarts the animation.
    mark.classList.add("flash");
  };

  const show = (name) => {
    const marks = marksOf(name);
    if (marks.length === 0) return;
    activate(name.split("-")[0]);
    const article = marks[0].closest("article");
    for (const other of evidence().querySelectorAll("article")) other.hidden = other !== article;
    marks[0].scrollIntoView({ block: "center" });
    marks.forEach(flash);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#citation-"]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    show(link.getAttribute("href").split("#citation-")[1]);
  }, true);

  const showLatest = () => {
    const active = [...evidence().querySelectorAll("article:not([hidden]) mark.active")];
    const first = active.find((mark) => mark.dataset.number === "1") ?? active[0];
    first?.scrollIntoView({ block: "center" });
  };

  let watched = null;
  let seen = "";
  new MutationObserver(() => {
    watched = evidence();
    if (!watched) return;
    const latest = [...watched.querySelectorAll("mark")].map((m) => m.dataset.citations).join();
    if (latest === seen) return;
    seen = latest;
    showLatest();
  }).observe(document, { childList: true, subtree: true });
})();
