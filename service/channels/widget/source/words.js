import { ENGLISH } from "./english.js";
import { WELSH } from "./welsh.js";

/** @typedef {keyof typeof ENGLISH} Name */

/** @type {Record<string, Partial<Record<string, string>>>} */
const LANGUAGES = { en: ENGLISH, cy: WELSH };

/** The language that reports and the service's own sentences are in, whatever the widget speaks. */
export const REPORTS = "en";

/** What the widget says in one language; what that language lacks it says in English. */
export class Words {
  #words;
  #plural;
  #date;
  #number;

  /** @param {string} wanted as in a lang attribute */
  constructor(wanted) {
    const short = wanted.toLowerCase().split("-")[0] ?? "";
    /** @readonly */
    this.language = short in LANGUAGES ? short : "en";
    this.#words = { ...ENGLISH, ...LANGUAGES[this.language] };
    const locale = this.language === "en" ? "en-GB" : this.language;
    this.#plural = new Intl.PluralRules(locale);
    this.#date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
    this.#number = new Intl.NumberFormat(locale);
  }

  /** @param {Name} name @param {...string} values */
  say(name, ...values) {
    return filled(this.#words[name], values);
  }

  /**
   * A name that the service gave the end of, as an outcome or a reason; null where the widget has no words for it.
   * @param {string} name
   */
  known(name) {
    return Object.hasOwn(this.#words, name) ? this.say(/** @type {Name} */ (name)) : null;
  }

  /** @param {"reports" | "paragraphs" | "sources" | "finished" | "left"} name @param {number} count */
  count(name, count) {
    // The language's own forms alone: English has one for 1 that another may do without.
    const forms = /** @type {Record<string, string | undefined>} */ (LANGUAGES[this.language]);
    const form = forms[`${name}_${this.#plural.select(count)}`] ?? forms[`${name}_other`] ?? "";
    return filled(form, [this.#number.format(count)]);
  }

  /** @param {number} number */
  number(number) {
    return this.#number.format(number);
  }

  /** @param {string | Date} date an ISO date, or an ISO time; empty where it is neither */
  date(date) {
    const day = typeof date === "string" ? new Date(date.length === 10 ? `${date}T12:00` : date) : date;
    return Number.isNaN(day.getTime()) ? "" : this.#date.format(day);
  }
}

/** @param {string} pattern @param {string[]} values */
function filled(pattern, values) {
  return pattern.replace(/\{(\d)\}/g, (_, at) => values[at] ?? "");
}
