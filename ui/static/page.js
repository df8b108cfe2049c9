// Citations and the article: clicking [n] shows its sentence; a new answer scrolls to its first.
(() => {
  const evidence = () => document.getElementById("evidence");

  const marksOf = (name) =>
    [...evidence().querySelectorAll("mark")].filter((mark) =>
      mark.dataset.citations.split(" ").includes(name),
    );

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
    const link = event.target.closest?.('a.citation[href*="#citation-"]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    show(link.getAttribute("href").split("#citation-")[1]);
  }, true);

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

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.statement");
    if (!link) return;
    event.preventDefault();
    showStatement(link);
  }, true);

  // Scrolls the article alone: on a narrow screen the page stays at the answer.
  const showLatest = () => {
    const pane = evidence();
    const active = [...pane.querySelectorAll("article:not([hidden]) mark.active")];
    const first = active.find((mark) => mark.dataset.number === "1") ?? active[0];
    if (!first) return;
    const below = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += below - pane.clientHeight / 2;
  };

  let seen = "";
  new MutationObserver(() => {
    const marks = evidence()?.querySelectorAll("mark") ?? [];
    const latest = [...marks].map((mark) => mark.dataset.citations).join();
    if (latest === seen) return;
    seen = latest;
    showLatest();
  }).observe(document, { childList: true, subtree: true });
})();
