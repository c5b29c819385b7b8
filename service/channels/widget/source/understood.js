import { button, make } from "./dom.js";
import { REPORTS } from "./words.js";

/**
 * @typedef {import("./contract.js").Filters} Filters
 * @typedef {import("./contract.js").Understood} Understood
 * @typedef {import("./interface.js").Interface} Interface
 * @typedef {"subject" | "every_subject" | "missing" | "section" | "every_section" | "score" | "when" | "speaker" |
 *   "carried" | "correction" | "unread"} Kind
 * @typedef {{ kind: Kind, text: string }} Part
 * @typedef {{ filters: Filters, report: string | null, again: ((filters: Filters) => void) | null }} Asked filters that
 *   the question was asked with; a report whose headings may be chosen; and what asks it anew, where that can be done
 */

/** As the one value of a filter: every body, or every section, whatever the question names. */
const EVERY = "*";
const ANY_SECTION = "any section";
const KEYS = /** @type {const} */ ({
  subject: "subjects", missing: "subjects", every_subject: "subjects", section: "sections", every_section: "sections",
});
let forms = 0;

/**
 * What was made of the question. A body or a section can be taken off or corrected: then the same question is asked
 * again, with filters in the place of what it names. Null where there is nothing to show.
 * @param {Understood} understood @param {Asked} asked @param {Interface} ui
 */
export function understoodNode(understood, asked, ui) {
  const { words } = ui;
  const parts = partsOf(understood, asked.filters);
  if (!parts.length) return null;
  const place = make("div", {});
  const chips = parts.map((part) => {
    const shown = part.text || words.say(part.kind === "every_subject" ? "all_bodies" : "all_sections");
    const kind = make("span", { class: "kind" }, words.say(`understood_${part.kind}`));
    const key = keyOf(part);
    const again = asked.again;
    if (!key || !again) return make("li", { class: `chip ${part.kind}` }, kind, make("span", { class: "what", lang: part.text ? REPORTS : null }, shown));
    const off = button("×", () => again(without(part, parts, asked.filters)), {
      class: "off",
      "aria-label": words.say("take_off", shown),
    });
    const change = button(shown, () => correct(part, parts, asked, place, change, ui), {
      class: "what",
      lang: part.text ? REPORTS : null,
      title: words.say("correct", shown),
      "aria-expanded": "false",
    });
    return make("li", { class: `chip ${part.kind}` }, kind, part.text ? change : make("span", { class: "what" }, shown), off);
  });
  return make("div", { class: "understood" }, make("ul", { class: "chips", "aria-label": words.say("understood_parts") }, ...chips), place);
}

/**
 * In the order in which they are shown. What is filtered by stands in the place of what the question names.
 * @param {Understood} understood @param {Filters} filters @returns {Part[]}
 */
function partsOf(understood, filters) {
  const { subjects, missing, sections, scores, when, speakers, carried, corrections, unread } = understood;
  /** @param {Kind} kind @param {string[]} texts @returns {Part[]} */
  const each = (kind, texts) => texts.map((text) => ({ kind, text }));
  /** @param {string[]} values @param {Kind} kind @param {Kind} every */
  const filtered = (values, kind, every) => (values.includes(EVERY) ? each(every, [""]) : each(kind, values));
  const named = [...each("subject", subjects.filter((one) => !missing.includes(one))), ...each("missing", missing)];
  const alone = sections.length === 1 ? sections[0] : null;
  const conditions = Object.entries(scores).map(([section, condition]) =>
    section === ANY_SECTION || section === alone ? condition : `${section}: ${condition}`,
  );
  return [
    ...(filters.subjects ? filtered(filters.subjects, "subject", "every_subject") : named),
    ...(filters.sections ? filtered(filters.sections, "section", "every_section") : each("section", sections)),
    ...each("score", conditions),
    ...each("when", when === null ? [] : [when]),
    ...each("speaker", speakers),
    ...each("carried", carried.from === null ? [] : [carried.from]),
    ...each("correction", corrections.map(({ written, meant }) => `${written} → ${meant}`)),
    ...each("unread", unread.length ? [unread.join(", ")] : []),
  ];
}

/** @param {Part} part */
function keyOf({ kind }) {
  return kind in KEYS ? KEYS[/** @type {keyof typeof KEYS} */ (kind)] : null;
}

/**
 * The values to filter by beside one of them.
 * @param {Part} part @param {Part[]} parts
 */
function others(part, parts) {
  const kind = keyOf(part) === "subjects" ? "subject" : "section";
  return parts.filter((one) => one.kind === kind && one !== part).map(({ text }) => text);
}

/**
 * Where none is left, all: the question names the part still. Without "all" it is what the question names.
 * @param {Part} part @param {Part[]} parts @param {Filters} filters @returns {Filters}
 */
function without(part, parts, filters) {
  const key = keyOf(part) ?? "subjects";
  const { [key]: _, ...rest } = filters;
  if (!part.text) return rest;
  const left = others(part, parts);
  return { ...rest, [key]: left.length ? left : [EVERY] };
}

/**
 * Opens a field to name another body or section, or closes it again.
 * @param {Part} part @param {Part[]} parts @param {Asked} asked @param {HTMLElement} place @param {HTMLElement} opener
 * @param {Interface} ui
 */
function correct(part, parts, asked, place, opener, { words, known }) {
  const key = keyOf(part) ?? "subjects";
  const open = opener.getAttribute("aria-expanded") === "true";
  for (const one of place.parentElement?.querySelectorAll("[aria-expanded]") ?? []) one.setAttribute("aria-expanded", "false");
  place.replaceChildren();
  if (open) return;
  opener.setAttribute("aria-expanded", "true");
  const list = make("datalist", { id: `known-${(forms += 1)}` });
  const field = make("input", { value: part.text, list: list.id, lang: REPORTS, maxlength: "300", required: true, autocomplete: "off" });
  const shut = () => {
    opener.setAttribute("aria-expanded", "false");
    place.replaceChildren();
    opener.focus();
  };
  const form = make(
    "form",
    {
      class: "correct",
      submit: (event) => {
        event.preventDefault();
        const wanted = field.value.trim();
        if (wanted) asked.again?.({ ...asked.filters, [key]: [...new Set([...others(part, parts), wanted])] });
      },
      keydown: (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault(); // the panel stays open
        event.stopPropagation();
        shut();
      },
    },
    make("label", {}, words.say("correct", part.text), field),
    list,
    make("button", { class: "action" }, words.say("ask_again")),
    button(words.say("cancel"), shut, { class: "action" }),
  );
  place.append(form);
  field.select();
  field.focus();
  const names = key === "subjects" ? known.subjects() : asked.report === null ? Promise.resolve([]) : known.sections(asked.report);
  names.then((found) => list.replaceChildren(...found.map((name) => make("option", { value: name }))));
}
