import { make } from "./dom.js";

const LONGEST_QUESTION = 2000;
const COUNTED_BELOW = 200;

/**
 * The box to ask from. While a question runs, its words stay in the box until the answer is there, so that nothing
 * that was typed is lost whatever happens.
 *
 * @param {import("./words.js").Words} words
 * @param {{ ask: (question: string) => void, stop: () => void }} actions
 */
export function composer(words, { ask, stop }) {
  let running = false;
  let asked = "";
  const hint = make("p", { id: "hint", class: "unseen" }, words.say("hint"));
  const left = make("p", { class: "quiet left", "aria-live": "polite" });
  const box = make("textarea", {
    id: "box",
    rows: "2",
    maxlength: String(LONGEST_QUESTION),
    "aria-describedby": "hint notice",
    autocomplete: "off",
    enterkeyhint: "send",
  });
  const press = make("button", { class: "send" }, words.say("send"));
  const node = make(
    "form",
    { class: "composer", submit: submitted },
    make("label", { for: "box" }, words.say("question")),
    make("div", { class: "row" }, box, press),
    hint,
    left,
    make("p", { id: "notice", class: "quiet notice" }, words.say("notice")),
  );

  /** @param {Event} event */
  function submitted(event) {
    event.preventDefault();
    if (running) return stop();
    const question = clean(box.value);
    if (question) ask(question);
    else box.focus();
  }

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!running) node.requestSubmit();
  });
  box.addEventListener("input", () => {
    const rest = LONGEST_QUESTION - box.value.length;
    left.textContent = rest <= COUNTED_BELOW ? words.count("left", rest) : "";
  });

  return {
    node,
    focus: () => box.focus(),
    /** @param {string} question what runs; an empty box shows it, words that were typed meanwhile stay */
    busy(question) {
      running = true;
      asked = question;
      if (!box.value.trim()) box.value = question;
      press.textContent = words.say("stop");
      press.classList.add("stop");
    },
    /** @param {string | null} [failed] the question that got no answer; null where it got one */
    idle(failed = null) {
      running = false;
      press.textContent = words.say("send");
      press.classList.remove("stop");
      if (failed === null) box.value = box.value.trim() === asked.trim() ? "" : box.value;
      else if (!box.value.trim()) box.value = failed;
      left.textContent = "";
    },
  };
}

/**
 * What the service takes: without NUL characters and halves of a surrogate pair.
 * @param {string} text
 */
function clean(text) {
  return text.replaceAll("\0", "").replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "").trim();
}
