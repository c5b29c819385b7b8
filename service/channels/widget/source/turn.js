import { answerNodes, claimNode, spoken } from "./answer.js";
import { button, make } from "./dom.js";
import { ask, Fault } from "./stream.js";

/**
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").ClaimEvent} ClaimEvent
 * @typedef {import("./contract.js").Exchange} Exchange
 * @typedef {import("./interface.js").Interface} Interface
 */

const SLOW_MS = 8_000;

/** A question and what became of it: claims as they come, the whole answer, or why there is none. */
export class Turn {
  #ui;
  #reply;
  #history;
  #stop = new AbortController();
  #quietly = false;
  /** @type {Answer | null} */
  answer = null;

  /** @param {string} question @param {Exchange[]} history @param {Interface} ui */
  constructor(question, history, ui) {
    this.question = question;
    this.#history = history;
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
    const body = { question: this.question, history: this.#history };
    try {
      this.answer = await ask(addresses.api("/v1/ask"), body, {
        credentials,
        signal: this.#stop.signal,
        meta: () => waiting.heard(),
        claim: ({ text, citations }) => waiting.node.before(claimNode(text, citations, this.#ui)),
      });
      this.#reply.replaceChildren(...answerNodes(this.answer, this.#ui));
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
    const text = make("span", {}, words.say("searching"));
    this.node = make("p", { class: "waiting quiet" }, dots, text);
    this.timer = setTimeout(() => {
      text.textContent = words.say("slow");
    }, SLOW_MS);
  }

  heard() {
    clearTimeout(this.timer);
  }

  end() {
    clearTimeout(this.timer);
    this.node.remove();
  }
}
