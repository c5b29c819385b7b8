import { answerNodes, claimNode, spoken } from "./answer.js";
import { button, make } from "./dom.js";
import { ask, Fault } from "./stream.js";
import { understoodNode } from "./understood.js";

/**
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").ClaimEvent} ClaimEvent
 * @typedef {import("./contract.js").Exchange} Exchange
 * @typedef {import("./contract.js").Filters} Filters
 * @typedef {import("./interface.js").Interface} Interface
 * @typedef {{ question: string, history: Exchange[], filters: Filters }} Request
 */

const SLOW_MS = 8_000;

/** A question and what became of it: claims as they come, the whole answer, or why there is none. */
export class Turn {
  #ui;
  #reply;
  #again;
  /** Whether it was asked anew with other filters. */
  superseded = false;
  #stop = new AbortController();
  #quietly = false;
  /** @type {Answer | null} */
  answer = null;

  /** @param {Request} request @param {Interface} ui @param {(filters: Filters) => void} again asks it with other filters */
  constructor({ question, history, filters }, ui, again) {
    this.question = question;
    this.history = history;
    this.filters = filters;
    this.#again = again;
    this.#ui = ui;
    this.#reply = make("div", { class: "reply" });
    const asked = make("h3", { class: "question" }, make("span", { class: "unseen" }, `${ui.words.say("you")}: `), question);
    this.node = make("article", { class: "turn" }, asked, this.#reply);
  }

  /** @param {{ quietly?: boolean }} [how] quietly where nobody is to be told */
  stop({ quietly = false } = {}) {
    this.#quietly = quietly;
    this.#stop.abort();
  }

  /**
   * Asks, and shows what comes. Gives whether the whole answer came.
   * @param {() => void} again asks the same once more
   */
  async run(again) {
    this.#stop = new AbortController();
    this.#reply.setAttribute("aria-busy", "true");
    const { words, addresses, credentials, announce, alarm } = this.#ui;
    const waiting = new Waiting(words);
    this.#reply.replaceChildren(waiting.node);
    const body = { question: this.question, history: this.history, filters: this.filters };
    try {
      this.answer = await ask(addresses.api("/v1/ask"), body, {
        credentials,
        signal: this.#stop.signal,
        meta: () => waiting.heard(),
        understood: (what) => {
          const node = understoodNode(what, { filters: this.filters, report: null, again: null }, this.#ui);
          if (node) this.#reply.prepend(node);
        },
        progress: (how) => waiting.progress(how),
        claim: (claim) => waiting.node.before(claimNode(claim, claim.citations, this.#ui)),
      });
      this.#reply.replaceChildren(...answerNodes(this.answer, { filters: this.filters, again: this.#again }, this.#ui));
      announce(spoken(this.answer, this.#ui));
      return true;
    } catch (fault) {
      const told = this.#stop.signal.aborted ? words.say("stopped") : this.#told(fault);
      this.#reply.append(this.#failed(told, again));
      if (!this.#quietly) alarm(told);
      return false;
    } finally {
      waiting.end();
      this.#reply.setAttribute("aria-busy", "false");
    }
  }

  /** @param {unknown} fault */
  #told(fault) {
    const { words } = this.#ui;
    if (!(fault instanceof Fault)) return words.say("fault_failed");
    const detail = fault.kind === "refused" || fault.kind === "failed" ? fault.detail : "";
    const parts = [words.known(`fault_${fault.kind}`), detail && `(${detail})`];
    if (this.#reply.querySelector(".claim")) parts.unshift(words.say("incomplete"));
    return parts.filter(Boolean).join(" ");
  }

  /** @param {string} told @param {() => void} again */
  #failed(told, again) {
    const retry = button(this.#ui.words.say("retry"), again, { class: "retry" });
    return make("div", { class: "fault" }, make("p", {}, told), retry);
  }
}

/** The sign that an answer is being looked for; after a while it owns up to being slow. */
class Waiting {
  /** @param {import("./words.js").Words} words */
  constructor(words) {
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.words = words;
    this.text = make("span", {}, words.say("searching"));
    this.node = make("p", { class: "waiting quiet" }, dots, this.text);
    this.timer = setTimeout(() => {
      this.text.textContent = words.say("slow");
    }, SLOW_MS);
  }

  /** @param {import("./contract.js").Progress} how */
  progress({ read, of }) {
    this.heard();
    this.text.textContent = this.words.say("reading", String(read), this.words.count("reports", of));
  }

  heard() {
    clearTimeout(this.timer);
  }

  end() {
    clearTimeout(this.timer);
    this.node.remove();
  }
}
