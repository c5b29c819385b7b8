import { quoted } from "./addresses.js";
import { copied, quotation, rated } from "./copying.js";
import { button, link, make } from "./dom.js";
import { REPORTS } from "./words.js";

/**
 * @typedef {import("./contract.js").Citation} Citation
 * @typedef {import("./interface.js").Interface} Interface
 */

/**
 * A citation's number behind a claim: a real link to the words in their report. Pressed as usual it opens a card
 * below the claim, and closes it again; opened in a new tab or window it is a link like any other.
 *
 * @param {Citation} citation
 * @param {HTMLElement} claim the paragraph that the card is put behind
 * @param {Interface} ui
 */
export function marker(citation, claim, ui) {
  const address = ui.addresses.words(citation);
  const name = named(citation, ui);
  if (address === null) return make("span", { class: "mark", title: name }, String(citation.number));
  const node = make("a", {
    class: "mark",
    href: address,
    target: "_blank",
    rel: "noopener noreferrer",
    "aria-label": name,
    "aria-expanded": "false",
  });
  node.append(String(citation.number));
  /** @type {HTMLElement | null} */
  let opened = null;
  const shut = () => {
    opened?.remove();
    opened = null;
    node.setAttribute("aria-expanded", "false");
    node.focus();
  };
  node.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (opened) return shut();
    opened = card(citation, ui, shut);
    node.setAttribute("aria-expanded", "true");
    claim.after(opened);
    opened.focus();
  });
  return node;
}

/** @param {Citation} citation @param {Interface} ui */
export function named(citation, { words }) {
  const section = citation.section.path.at(-1) ?? words.say("paragraph", String(citation.paragraph));
  return words.say("source_name", String(citation.number), citation.report.title, section);
}

/**
 * Section, rating, date and place, as one line.
 * @param {Citation} citation @param {Interface} ui
 */
export function facts({ report, section, page, label }, { words }) {
  const told = [
    rated(section, words),
    report.published && words.say("published", words.date(report.published)),
    page === null ? null : words.say("page", String(page)),
    label ? words.say("paragraph", label) : null,
  ];
  return told.filter(Boolean).join(" · ");
}

/**
 * A passage by itself, which no claim rests on: whole, with its likeliest sentences marked.
 * @param {import("./contract.js").Nearest} nearest @param {Interface} ui
 */
export function passage(nearest, ui) {
  const { report, subject, publisher, published, source_url, section, score, judgement, ...place } = nearest;
  const citation = {
    ...place,
    number: 0,
    report: { id: "", title: report, subject, publisher, published, source_url, licence: null },
    section: { id: "", path: section, score, judgement },
  };
  const name = [report, ...section.slice(-1)].join(" › ");
  return make("div", { class: "card passage", role: "group", "aria-label": name }, ...content(citation, ui, null));
}

/** @param {Citation} citation @param {Interface} ui @param {() => void} shut */
function card(citation, ui, shut) {
  const node = make(
    "div",
    { class: "card", role: "group", tabindex: "-1", "aria-label": named(citation, ui) },
    ...content(citation, ui, shut),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // the panel stays open
    event.stopPropagation();
    shut();
  });
  return node;
}

/** @param {Citation} citation @param {Interface} ui @param {(() => void) | null} shut */
function content(citation, ui, shut) {
  const { words, addresses } = ui;
  const [before, quote, after] = quoted(citation);
  const said = make("span", { class: "said", role: "status" });
  const copy = async () => {
    said.textContent = words.say((await copied(quotation(citation, ui))) ? "copied" : "not_copied");
  };
  const source = addresses.web(citation.source_fragment_url);
  const newTab = words.say("new_tab");
  const told = facts(citation, ui);
  // Around the whole of a passage that nothing rests on, a mark would say nothing.
  const marked = shut || before || after ? make("mark", {}, quote) : quote;
  return [
    make("p", { class: "card-title", lang: REPORTS }, citation.report.title),
    make("p", { class: "quiet", lang: REPORTS }, citation.section.path.join(" › ")),
    told ? make("p", { class: "quiet" }, told) : null,
    make("blockquote", { lang: REPORTS, "aria-label": shut && words.say("quoted") }, before, marked, after),
    make(
      "div",
      { class: "actions" },
      link(addresses.words(citation), words.say("open_report"), newTab, { class: "action" }),
      source && link(source, words.say("open_source"), newTab, { class: "action" }),
      button(words.say("copy"), copy, { class: "action" }),
      shut && button(words.say("hide"), shut, { class: "action" }),
      said,
    ),
  ];
}
