import { named } from "./card.js";
import { make } from "./dom.js";
import { printed } from "./printed.js";
import { REPORTS } from "./words.js";

/**
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./interface.js").Interface} Interface
 */

/**
 * The ratings that the reports print: each value leads to the paragraph that prints it.
 * @param {Answer} answer @param {"ratings" | "strip"} title @param {Interface} ui
 */
export function ratingsTable(answer, title, ui) {
  const { words, addresses } = ui;
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
  const several = new Set(answer.ratings.map((rating) => rating.section)).size > 1;
  const heads = [words.say("council"), several ? words.say("area") : null, words.say("rating")];
  const rows = answer.ratings.map((rating) => {
    const citation = byNumber.get(rating.citation);
    const address = citation ? addresses.words(citation) : null;
    const kept = { class: "rating", "data-score": rating.score === null ? null : String(rating.score) };
    const shown = printed(rating, ui);
    const name = citation ? `${shown}. ${named(citation, ui)} (${words.say("new_tab")})` : shown;
    const target = { href: address ?? "", target: "_blank", rel: "noopener noreferrer", "aria-label": name };
    const cell = make(address ? "a" : "span", address ? { ...kept, ...target } : kept, shown);
    return make(
      "tr",
      {},
      make("th", { scope: "row", lang: REPORTS }, rating.subject ?? citation?.report.title ?? rating.report),
      several ? make("td", { lang: REPORTS }, rating.section) : null,
      make("td", {}, cell),
    );
  });
  const caption = several ? words.say(title) : `${words.say(title)}: ${answer.ratings[0]?.section ?? ""}`;
  const columns = heads.map((head) => (head === null ? null : make("th", { scope: "col" }, head)));
  const table = make(
    "table",
    { class: title },
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...columns)),
    make("tbody", {}, ...rows),
  );
  return make("div", { class: "wide", role: "region", tabindex: "0", "aria-label": caption }, table);
}
