import { facts, marker, named, passage } from "./card.js";
import { copied, footnotes, parts } from "./copying.js";
import { button, link, make } from "./dom.js";
import { feedback } from "./feedback.js";
import { tellsRatings } from "./printed.js";
import { ratingsTable } from "./ratings.js";
import { understoodNode } from "./understood.js";
import { REPORTS } from "./words.js";

/**
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").Citation} Citation
 * @typedef {import("./interface.js").Interface} Interface
 */

/**
 * A whole answer: what was understood, what was found, or why there is nothing and what comes closest.
 * @param {Answer} answer
 * @param {{ filters: import("./contract.js").Filters, again: (filters: import("./contract.js").Filters) => void }} asked
 * @param {Interface} ui @returns {Node[]}
 */
export function answerNodes(answer, asked, ui) {
  const { words } = ui;
  const report = answer.citations[0]?.report.id ?? answer.nearest[0]?.paragraph_id.split(":")[0] ?? null;
  const { corrections, carried } = answer.understood;
  const respelt = corrections.length > 0 && carried.from === null; // which the corrections tell
  const understood = answer.standalone_question.trim() !== answer.question.trim() && !respelt;
  const nodes = [
    understood
      ? make("p", { class: "quiet" }, ...around(words.say("understood", "\0"), answer.standalone_question))
      : null,
    understoodNode(answer.understood, { ...asked, report }, ui),
    outcome(answer, ui),
    ...body(answer, ui),
    answer.shown ? make("p", { class: "note" }, words.say("shown", words.number(answer.shown.items), words.number(answer.shown.of))) : null,
    ...answer.notes.map((note) => make("p", { class: "note", lang: REPORTS }, note)),
    choices(answer, ui),
    nearest(answer, ui),
    answer.citations.length ? sources(answer, ui) : null,
    small(answer, ui),
    answer.outcome === "clarify" ? null : feedback(answer.id, ui),
  ];
  return nodes.filter((node) => node !== null);
}

/**
 * One sentence with the numbers of what carries it.
 * @param {{ text: string, check: string }} claim @param {Citation[]} citations @param {Interface} ui
 */
export function claimNode({ text, check }, citations, ui) {
  const node = make("p", { class: "claim", lang: REPORTS }, text);
  for (const citation of citations) {
    const mark = marker(citation, node, ui);
    mark.setAttribute("lang", ui.words.language);
    node.append(" ", mark);
  }
  if (check === "unsure") node.append(make("span", { class: "unsure quiet", lang: ui.words.language }, ` (${ui.words.say("unsure")})`));
  return node;
}

/**
 * What is read out when the answer is there: once, and not endlessly.
 * @param {Answer} answer @param {Interface} ui
 */
export function spoken(answer, { words }) {
  const told = answer.outcome === "answered" ? null : words.known(`outcome_${answer.outcome}`);
  const count = answer.citations.length;
  const head = count ? words.count("finished", count) : (told ?? words.say("finished_none"));
  const text = answer.answer.replace(/ ?\[\d+\]/g, "");
  const whole = text.length <= 900;
  return [head, whole ? text : `${text.slice(0, text.lastIndexOf(" ", 900))}…`, whole ? "" : words.say("rest")].join(" ");
}

/** @param {Answer} answer @param {Interface} ui */
function outcome({ outcome, reason, notes }, { words }) {
  const head = words.known(`outcome_${outcome}`);
  // What was searched in vain the service's own sentence tells better.
  const told = notes.length > 0 && (reason === "no_evidence" || reason === "weak_evidence");
  const why = reason && !told ? words.known(`reason_${reason}`) : null;
  if (!head && !why) return null;
  return make("p", { class: "outcome" }, head ? make("strong", {}, head) : null, head && why ? " " : null, why);
}

/** @param {Answer} answer @param {Interface} ui @returns {Node[]} */
function body(answer, ui) {
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  const told = parts(answer).map(({ label, note, claims }) => {
    const part = make("div", { class: "part" });
    if (label) part.append(make("h4", { lang: REPORTS }, label));
    if (note) part.append(make("p", { class: "note", lang: REPORTS }, note));
    for (const claim of claims)
      part.append(claimNode(claim, claim.citations.flatMap((number) => byNumber.get(number) ?? []), ui));
    return part;
  });
  const sideBySide = make("div", { class: told.length > 1 ? "parts" : "one" }, ...told);
  if (!answer.ratings.length) return [sideBySide];
  if (!tellsRatings(answer)) return [ratingsTable(answer, "strip", ui), sideBySide];
  if (answer.ratings.length === 1) return [sideBySide];
  const table = ratingsTable(answer, "ratings", ui);
  const sentences = make("details", {}, make("summary", {}, ui.words.say("sentences")), sideBySide);
  return [table, sentences];
}

/** @param {Answer} answer @param {Interface} ui */
function choices({ choices, question }, { words, ask }) {
  if (!choices.length) return null;
  const buttons = choices.map((choice) =>
    make("li", {}, button(choice, () => ask(`${question} (${choice})`), { class: "choice", lang: REPORTS })),
  );
  return make("ul", { class: "choices", "aria-label": words.say("choices") }, ...buttons);
}

/** @param {Answer} answer @param {Interface} ui */
function nearest(answer, ui) {
  if (!answer.nearest.length) return null;
  const passages = answer.nearest.map((one) => passage(one, ui));
  return make("div", { class: "nearest" }, make("h4", {}, ui.words.say("nearest")), ...passages);
}

/** @param {Answer} answer @param {Interface} ui */
function sources(answer, ui) {
  const { words, addresses } = ui;
  const said = make("span", { class: "said", role: "status" });
  const copy = async () => {
    said.textContent = words.say((await copied(footnotes(answer, ui))) ? "copied" : "not_copied");
  };
  const list = answer.citations.map((citation) => {
    const { report, section, number } = citation;
    const place = link(addresses.words(citation), report.title, words.say("new_tab"), {
      lang: REPORTS,
      "aria-label": `${named(citation, ui)} (${words.say("new_tab")})`,
    });
    const path = make("span", { class: "quiet snippet", lang: REPORTS }, section.path.join(" › "));
    return make("li", { value: String(number) }, place, path, make("span", { class: "quiet snippet" }, facts(citation, ui)));
  });
  const count = words.count("sources", answer.citations.length);
  return make(
    "div",
    { class: "sources" },
    make("details", {}, make("summary", {}, count), make("ol", { class: "places" }, ...list)),
    make("div", { class: "actions" }, button(words.say("copy_all"), copy, { class: "action" }), said),
  );
}

/** What was searched, who worded it, and whose licence the quotes are under.
 * @param {Answer} answer @param {Interface} ui */
function small({ searched, provenance, attribution }, { words }) {
  const { reports, paragraphs } = searched;
  const lines = [
    provenance.model && words.say("written_by", provenance.model),
    reports ? words.say("searched", words.count("reports", reports), words.count("paragraphs", paragraphs)) : null,
  ];
  const node = make("div", { class: "small quiet" });
  for (const line of lines) if (line) node.append(make("p", {}, line));
  if (attribution) node.append(make("p", { class: "attribution", lang: REPORTS }, attribution));
  return node.childElementCount ? node : null;
}

/**
 * A sentence of the widget around words of the service, each in its own language.
 * @param {string} sentence with a NUL where the words belong @param {string} text
 */
function around(sentence, text) {
  const [before, after] = sentence.split("\0");
  return [before ?? "", make("span", { lang: REPORTS }, text), after ?? ""];
}
