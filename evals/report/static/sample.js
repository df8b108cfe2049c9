"use strict";
// What is inside a sample: its facts, what was cited and what should have been, and the articles.
// Whatever articles, questions and systems say is put in as text, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);

const element = (tag, attributes, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
};

// Offsets are Python's: they count code points, where JavaScript's strings count UTF-16 units.
const points = new Map();
const pointsOf = (article) => {
  if (!points.has(article)) points.set(article, Array.from(article.text));
  return points.get(article);
};

const slice = (article, start, end) => pointsOf(article).slice(start, end).join("");

const articleOf = (row, key) =>
  Object.hasOwn(data.documents[row.suite], key) ? data.documents[row.suite][key] : null;

const evidenceOf = (row) =>
  row.expected.flat().map(([article, start, end]) => ({ article, start, end }));

// Pieces of a text of this length, each as a whole in or out of every span.
const pieces = (length, spans) => {
  const ends = spans.flatMap(({ start, end }) => [start, end]).filter((at) => at < length);
  const cuts = [...new Set([0, ...ends, length])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, n) => ({ start: cuts[n], end }));
};

const covers = (spans, piece) =>
  spans.some(({ start, end }) => start <= piece.start && piece.end <= end);

const markOf = (piece, cited, expected) => {
  const [isCited, isExpected] = [covers(cited, piece), covers(expected, piece)];
  if (isCited && isExpected) return "both";
  return isCited ? "cited" : isExpected ? "expected" : "";
};

const marked = (article, cited, expected) =>
  pieces(pointsOf(article).length, [...cited, ...expected]).map((piece) => {
    const text = slice(article, piece.start, piece.end);
    const mark = markOf(piece, cited, expected);
    return mark ? element("mark", { class: mark, "data-start": piece.start }, text) : text;
  });

const bringTo = (pane, mark) => {
  if (mark) pane.scrollTop = mark.offsetTop - pane.clientHeight / 3;
};

const articlePane = (row, key) => {
  const article = articleOf(row, key);
  const isHere = (span) => span.article === key && span.start !== null;
  const text = marked(article, row.cited.filter(isHere), evidenceOf(row).filter(isHere));
  const name = { tabindex: 0, role: "region", "aria-label": `Article: ${article.title}` };
  const facts = [key, article.published].filter(Boolean).join(", ");
  return element("figure", { "data-key": key },
    element("figcaption", {}, element("strong", {}, article.title), element("small", {}, facts)),
    element("div", { class: "pane", ...name }, ...text));
};

const articlePanes = (row, keys) =>
  [...new Set(keys)].filter((key) => key !== null && articleOf(row, key))
    .map((key) => articlePane(row, key));

const showButton = (row, span) => {
  const button = element("button", { type: "button", class: "show" }, "Show in the article");
  button.addEventListener("click", () => {
    const panes = [...button.closest("section").querySelectorAll("[data-key]")];
    const pane = panes.find((each) => each.dataset.key === span.article).lastElementChild;
    bringTo(pane, pane.querySelector(`[data-start="${span.start}"]`));
    pane.scrollIntoView({ block: "nearest" });
    pane.focus({ preventScroll: true });
  });
  return button;
};

const faultOf = (row, quote) => {
  if (quote.article === null) return "It is not said which article this is from.";
  if (!articleOf(row, quote.article)) return `There is no such article: ${quote.article}`;
  if (quote.start === null) return "It is not said where in the article this stands.";
  return quote.text === null ? "" : "These are not the article's words at this place.";
};

const quotation = (row, quote) => {
  const article = quote.article === null ? null : articleOf(row, quote.article);
  const isPlaced = article && quote.start !== null;
  const fault = faultOf(row, quote);
  return element("li", {},
    element("q", {}, quote.text ?? (isPlaced ? slice(article, quote.start, quote.end) : "")),
    ...(isPlaced ? [" ", showButton(row, quote)] : []),
    ...(quote.speaker ? [element("small", {}, `said by ${quote.speaker}`)] : []),
    ...(fault ? [element("small", { class: "fault" }, fault)] : []));
};

const column = (kind, title, quotes, panes) =>
  element("section", { class: kind },
    element("h3", {}, title), element("div", { class: "quotes" }, ...quotes),
    element("div", {}, ...panes));

const citedColumn = (row) => {
  const quotes = row.cited.map((quote) => quotation(row, quote));
  const listed = quotes.length ? element("ol", {}, ...quotes) : "Nothing.";
  const title = row.answered === false ? "Would have been cited" : "Was cited";
  return column("cited", title, [listed], articlePanes(row, row.cited.map((q) => q.article)));
};

const alternative = (row, spans) =>
  element("ul", {}, ...spans.map(([article, start, end]) =>
    quotation(row, { article, start, end, text: null, speaker: null })));

const nothingExpected = (row) =>
  row.answerable ? "It is not known where the articles say it." : "Nothing: the articles do not say.";

// Without evidence, the article that was to be read shows that there is none.
const expectedColumn = (row) => {
  const sets = row.expected.map((spans) => alternative(row, spans));
  const listed = sets.flatMap((set, n) => (n ? [element("p", { class: "or" }, "or"), set] : [set]));
  const keys = evidenceOf(row).map((evidence) => evidence.article);
  return column("expected", "Should have been cited", sets.length ? listed : [nothingExpected(row)],
    articlePanes(row, sets.length ? keys : [row.within]));
};

const legend = () => {
  const kinds = { cited: "cited", expected: "should have been cited", both: "both" };
  const marks = Object.entries(kinds).map(([kind, name]) => element("mark", { class: kind }, name));
  return element("p", { class: "legend" }, "In the articles: ", ...marks);
};

const lines = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));

const facts = (row) => {
  const known = [
    ["Error", row.error],
    ["Asked before", row.history.length && lines(row.history)],
    ["Question", row.history.length && row.question],
    ["Standing alone", row.standalone],
    ["Accepted answers", row.accepted.length && lines(row.accepted)],
    ["Expected speaker", row.speaker.join(", ")],
    [row.answered ? "Answered" : "Would have answered", row.answer],
    ["Confidence", row.confidence?.toFixed(3)],
  ].filter(([, content]) => content);
  return element("dl", {}, ...known.flatMap(([name, content]) =>
    [element("dt", {}, name), element("dd", {}, content)]));
};

const scores = (row) => {
  const cells = Object.entries(row.scores).map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, String(value))));
  return element("table", { class: "scores" }, element("caption", {}, "Scores"),
    element("tbody", {}, ...cells));
};

const linkTo = ({ suite, system, id }) =>
  `#${new URLSearchParams({ suite, system, sample: id })}`;

const fillSample = (details, row) => {
  const hasScores = Object.keys(row.scores).length > 0;
  details.append(element("div", { class: "inside" },
    element("div", { class: "beside" }, facts(row), ...(hasScores ? [scores(row)] : [])),
    legend(),
    element("div", { class: "beside" }, citedColumn(row), expectedColumn(row)),
    element("p", {}, element("a", { href: linkTo(row) }, "Link to this sample"))));
  for (const pane of details.querySelectorAll(".pane")) {
    const kind = pane.closest("section").className;
    bringTo(pane, pane.querySelector(`mark.${kind}, mark.both`));
  }
};
