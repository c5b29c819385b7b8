import { composer } from "./composer.js";
import { button, make } from "./dom.js";
import { Known } from "./known.js";
import { Turn } from "./turn.js";

/**
 * @typedef {import("./addresses.js").Addresses} Addresses
 * @typedef {import("./contract.js").Exchange} Exchange
 * @typedef {import("./contract.js").Ready} Ready
 * @typedef {import("./interface.js").Interface} Interface
 * @typedef {import("./words.js").Words} Words
 */

const HISTORY_TURNS = 10;
const LONGEST_ANSWER = 20_000; // in code points; what the service takes of an earlier answer

/** A conversation: turns, one at a time, and the box to ask from. */
export class Chat {
  /** @type {Turn[]} */
  #turns = [];
  /** @type {Turn | null} */
  #running = null;
  #words;
  #log;
  #greeting;
  #composer;
  #said = make("div", { class: "unseen", role: "status" });
  #alarm = make("div", { class: "unseen", role: "alert" });
  #fresh;
  /** @type {Interface} */
  #ui;

  /**
   * @param {Words} words @param {Addresses} addresses
   * @param {{ heading: string, suggestions: string[], credentials: RequestCredentials, extra: Node[] }} options extra
   *   stands behind the heading
   */
  constructor(words, addresses, { heading, suggestions, credentials, extra }) {
    this.#words = words;
    this.#ui = {
      words,
      addresses,
      credentials,
      known: new Known(addresses, credentials),
      ask: (question) => this.ask(question),
      announce: (text) => (this.#said.textContent = text),
      alarm: (text) => (this.#alarm.textContent = text),
    };
    this.#greeting = this.#greet(suggestions);
    this.#log = make(
      "div",
      // What is read out is said once through the status below; the log itself would repeat every piece that comes.
      { class: "log", role: "log", "aria-live": "off", "aria-label": words.say("conversation"), tabindex: "0" },
      this.#greeting,
    );
    this.#composer = composer(words, { ask: (question) => this.ask(question), stop: () => this.#running?.stop() });
    this.#fresh = button(words.say("anew"), () => this.restart(), { class: "plain", hidden: true });
    const tools = make("div", { class: "tools" }, this.#fresh, ...extra);
    const head = make("div", { class: "head" }, make("h2", { id: "heading" }, heading), tools);
    this.nodes = [head, this.#log, this.#composer.node, this.#said, this.#alarm];
  }

  focus() {
    this.#composer.focus();
  }

  /** @param {string} question */
  async ask(question) {
    await this.#put({ question, history: this.#history(), filters: {} });
  }

  /**
   * The same question with filters in the place of what was understood of it; later ones lean on what it gives now.
   * @param {Turn} turn @param {import("./contract.js").Filters} filters
   */
  async #again(turn, filters) {
    if (this.#running) return;
    turn.superseded = true;
    this.focus(); // the chip that was pressed is out of sight soon
    await this.#put({ question: turn.question, history: turn.history, filters });
  }

  /** @param {import("./turn.js").Request} request */
  async #put(request) {
    if (this.#running) return;
    const turn = new Turn(request, this.#ui, (filters) => this.#again(turn, filters));
    this.#turns.push(turn);
    this.#greeting.remove();
    this.#log.append(turn.node);
    this.#fresh.hidden = false;
    await this.#run(turn);
  }

  restart() {
    this.end();
    this.#running = null;
    this.#turns = [];
    this.#log.replaceChildren(this.#greeting);
    this.#fresh.hidden = true;
    this.#composer.idle();
    this.#alarm.textContent = "";
    this.#ui.announce(this.#words.say("anew_done"));
    this.focus();
  }

  /** Ends what runs; the element is leaving its page. */
  end() {
    this.#running?.stop({ quietly: true });
  }

  /** @param {Turn} turn */
  async #run(turn) {
    if (this.#running) return;
    this.#running = turn;
    this.#said.textContent = this.#alarm.textContent = "";
    this.#composer.busy(turn.question);
    this.#show(turn.node);
    const whole = await turn.run(() => {
      this.focus(); // the button that was pressed goes away
      this.#run(turn);
    });
    if (this.#running !== turn) return; // a new conversation was begun meanwhile
    this.#running = null;
    this.#composer.idle(whole ? null : turn.question);
    this.#show(turn.node);
  }

  /**
   * The turns that were answered, for a question that leans on them.
   * @returns {Exchange[]}
   */
  #history() {
    return this.#turns
      .filter(({ superseded }) => !superseded)
      .flatMap(({ question, answer }) => (answer ? [{ question, answer: cut(answer.answer, LONGEST_ANSWER) }] : []))
      .slice(-HISTORY_TURNS);
  }

  /**
   * Brings a turn's question to the top of the log; the page around it stays where it is.
   * @param {HTMLElement} node
   */
  #show(node) {
    this.#log.scrollTop += node.getBoundingClientRect().top - this.#log.getBoundingClientRect().top - 8;
  }

  /** @param {string[]} suggestions */
  #greet(suggestions) {
    const { words } = this.#ui;
    const made = make("p", { class: "quiet index" });
    this.#tellIndex(made);
    const list = suggestions.map((one) => make("li", {}, button(one, () => this.ask(one), { class: "choice" })));
    const examples = list.length ? make("ul", { class: "choices", "aria-label": words.say("suggestions") }, ...list) : null;
    return make("div", { class: "greeting" }, make("p", {}, words.say("welcome")), examples, made);
  }

  /**
   * Says when the index was made. Where that cannot be had just now, it stays unsaid.
   * @param {HTMLElement} node
   */
  async #tellIndex(node) {
    const { addresses, credentials, words } = this.#ui;
    try {
      const reply = await fetch(addresses.api("/readyz"), { credentials, redirect: "manual", referrerPolicy: "no-referrer" });
      if (!reply.ok) return;
      /** @type {Ready} */
      const { created, counts } = await reply.json();
      node.textContent = words.say("index", words.count("reports", counts.reports), words.date(created));
    } catch {
      node.textContent = "";
    }
  }
}

/** @param {string} text @param {number} most in code points */
function cut(text, most) {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}
