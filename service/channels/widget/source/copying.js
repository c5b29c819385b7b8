import { make } from "./dom.js";
import { printed, tellsRatings } from "./printed.js";

/**
 * What is put on the clipboard: as formatted text, which Word keeps, and as plain text.
 *
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").Citation} Citation
 * @typedef {import("./interface.js").Interface} Interface
 * @typedef {{ formatted: HTMLElement, plain: string }} Copy
 */

/**
 * The quoted words with where they stand: council, report, section, score, date, place, address.
 * @param {Citation} citation @param {Interface} ui @returns {Copy}
 */
export function quotation(citation, ui) {
  const { text, address } = reference(citation, ui);
  const words = `“${citation.quote}”`;
  const formatted = make("p", {}, `${words} (${text}`, ...linked(address), ")");
  return { formatted, plain: `${words} (${text}${address && `, ${address}`})` };
}

/**
 * The whole answer with numbers, and its sources below as numbered notes.
 * @param {Answer} answer @param {Interface} ui @returns {Copy}
 */
export function footnotes(answer, ui) {
  const formatted = make("div");
  const plain = [];
  for (const rating of tellsRatings(answer) ? [] : answer.ratings) {
    const text = `${rating.subject ?? rating.report}, ${rating.section}: ${printed(rating, ui)}`;
    formatted.append(make("p", {}, text, make("sup", {}, String(rating.citation))));
    plain.push(`${text} [${rating.citation}]`);
  }
  for (const { label, note, claims } of parts(answer)) {
    if (label) {
      formatted.append(make("p", {}, make("b", {}, label)));
      plain.push(label);
    }
    if (note) {
      formatted.append(make("p", {}, note));
      plain.push(note);
    }
    for (const claim of claims) {
      const numbers = claim.citations.join(", ");
      formatted.append(make("p", {}, claim.text, make("sup", {}, numbers)));
      plain.push(`${claim.text} [${numbers}]`);
    }
  }
  for (const note of answer.notes) {
    formatted.append(make("p", {}, note));
    plain.push(note);
  }
  formatted.append(make("p", {}, make("b", {}, ui.words.say("notes"))));
  plain.push("", ui.words.say("notes"));
  for (const citation of answer.citations) {
    const { text, address } = reference(citation, ui);
    formatted.append(make("p", {}, make("sup", {}, String(citation.number)), ` ${text}`, ...linked(address)));
    plain.push(`[${citation.number}] ${text}${address && `, ${address}`}`);
  }
  if (answer.attribution) {
    formatted.append(make("p", {}, make("small", {}, answer.attribution)));
    plain.push("", answer.attribution);
  }
  return { formatted, plain: plain.join("\n") };
}

/**
 * The answer's groups, or all claims as one part without a label.
 * @param {Answer} answer
 */
export function parts(answer) {
  if (!answer.groups.length) return [{ label: null, note: null, claims: answer.claims }];
  return answer.groups.map(({ label, note, claims }) => ({
    label,
    note,
    claims: claims.flatMap((at) => answer.claims[at] ?? []),
  }));
}

/**
 * Puts both forms on the clipboard; false where the browser does not allow it. The event is tried first: it also
 * works on pages without TLS, which many intranets are.
 * @param {Copy} copy
 */
export async function copied({ formatted, plain }) {
  const html = formatted.outerHTML;
  if (byEvent(html, plain)) return true;
  try {
    const forms = Object.entries({ "text/html": html, "text/plain": plain });
    const blobs = forms.map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} html @param {string} plain */
function byEvent(html, plain) {
  let taken = false;
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    event.clipboardData?.setData("text/html", html);
    event.clipboardData?.setData("text/plain", plain);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.addEventListener("copy", fill, { capture: true });
  try {
    return document.execCommand("copy") && taken;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", fill, { capture: true });
  }
}

/** @param {Citation} citation @param {Interface} ui */
function reference(citation, { words, addresses }) {
  const { report, section, page, label } = citation;
  const told = report.subject && !report.title.includes(report.subject) ? `${report.subject}: ` : "";
  const text = [
    told + report.title,
    report.publisher,
    section.path.length ? words.say("section", section.path.join(" › ")) : null,
    rated(section, words),
    report.published && words.say("published", words.date(report.published)),
    page === null ? null : words.say("page", String(page)),
    words.say("paragraph", label ?? String(citation.paragraph)),
    words.say("accessed", words.date(new Date())),
  ];
  return { text: text.filter(Boolean).join(", "), address: addresses.web(report.source_url) ?? addresses.words(citation) ?? "" };
}

/** @param {{ score: number | null, judgement: string | null }} of @param {import("./words.js").Words} words */
export function rated({ score, judgement }, words) {
  const parts = [score === null ? null : words.say("score", String(score)), judgement];
  return parts.filter(Boolean).join(" · ") || null;
}

/** @param {string} address @returns {(Node | string)[]} */
function linked(address) {
  return address ? [", ", make("a", { href: address }, address)] : [];
}
