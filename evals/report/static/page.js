"use strict";
// The list of samples, and what filters it. The filters stand in the address, so that what is
// found can be linked to.

const form = document.getElementById("filters");
const list = document.getElementById("list");
const more = document.getElementById("more");
const SELECTS = ["suite", "system", "kind"];
const FACETS = [...SELECTS, "outcome"];
const FILTERS = [...FACETS, "text", "sample"];
const PAGE = 50;
const NONE = Object.fromEntries(FILTERS.map((name) => [name, ""]));
let filters = NONE;

const number = (n) => n.toLocaleString("en-US");

  const item = (row) => {
    const isFailure = data.failures.includes(row.outcome);
    const details = element("details", {}, element("summary", {},
      element("span", { class: isFailure ? "outcome failure" : "outcome" }, row.outcome),
      element("span", { class: "question" }, row.question),
      element("small", {}, [row.kind, row.suite, row.system].join(" · "))));
    // An article is long: it is put in only where somebody looks.
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) fillSample(details, row);
    });
    return element("li", {}, details);
  };

    const texts = data.rows.map((row) => `${row.question}\n${row.answer}`.toLowerCase());

  const matches = (row, n, except) =>
    FACETS.every((facet) => facet === except || !filters[facet] || row[facet] === filters[facet]) &&
    texts[n].includes(filters.text.toLowerCase()) &&
    (!filters.sample || row.id === filters.sample);

  const matching = (except) => data.rows.filter((row, n) => matches(row, n, except));

  // How many there are of each, under all filters but this one; "" is all of them.
  const counts = (facet) => {
    const found = new Map([["", 0]]);
    for (const row of matching(facet)) {
      for (const name of ["", row[facet]]) found.set(name, (found.get(name) ?? 0) + 1);
    }
    return found;
  };

  const fillSelect = (facet) => {
    const found = counts(facet);
    const names = data.facets[facet].filter((name) => found.has(name) || name === filters[facet]);
    const options = ["", ...names].map((name) =>
      element("option", { value: name }, `${name || "all"} (${number(found.get(name) ?? 0)})`));
    form.elements[facet].replaceChildren(...options);
    form.elements[facet].value = filters[facet];
  };

  const fillOutcomes = () => {
    const found = counts("outcome");
    for (const choice of form.elements.outcome) {
      choice.checked = choice.value === filters.outcome;
      choice.parentElement.lastElementChild.textContent = number(found.get(choice.value) ?? 0);
    }
  };

  const append = (rows, from) => {
    list.append(...rows.slice(from, from + PAGE).map(item));
    const left = rows.length - from - PAGE;
    more.hidden = left <= 0;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${number(left)}`;
    more.onclick = () => append(rows, from + PAGE);
  };

  const render = () => {
    const rows = matching();
    SELECTS.forEach(fillSelect);
    fillOutcomes();
    if (form.elements.text.value !== filters.text) form.elements.text.value = filters.text;
    const only = filters.sample ? `, by its name: ${filters.sample}` : "";
    document.getElementById("found").textContent =
      `${number(rows.length)} of ${number(data.rows.length)} samples${only}`;
    document.getElementById("clear").hidden = FILTERS.every((name) => !filters[name]);
    list.replaceChildren();
    append(rows, 0);
  };

  const change = (changed) => {
    filters = { ...NONE, ...changed };
    const set = FILTERS.filter((name) => filters[name]).map((name) => [name, filters[name]]);
    history.replaceState(null, "", `#${set.length ? new URLSearchParams(set) : "samples"}`);
    render();
  };

  // Another part of the page is linked to by its name, which is no filter.
  const follow = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!FILTERS.some((name) => asked.has(name))) return;
    filters = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name) ?? ""]));
    render();
    if (filters.sample && list.firstElementChild) list.firstElementChild.firstElementChild.open = true;
    document.getElementById("samples").scrollIntoView();
  };

  form.addEventListener("input", () => change(Object.fromEntries(new FormData(form))));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => change({}));
  window.addEventListener("hashchange", follow);
  // A link to where one is already changes no hash, but is followed all the same.
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")?.hash === (location.hash || null)) follow();
  });
  render();
  follow();
