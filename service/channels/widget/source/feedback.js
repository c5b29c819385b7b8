import { button, make } from "./dom.js";

/** @typedef {import("./interface.js").Interface} Interface */

const LONGEST_COMMENT = 2000;

/**
 * Helpful or not, told to the service at once; a comment may follow.
 * @param {string} answerId @param {Interface} ui
 */
export function feedback(answerId, ui) {
  const { words } = ui;
  const said = make("span", { class: "said", role: "status" });
  const node = make("div", { class: "feedback", role: "group", "aria-label": words.say("helpful_question") });
  /** @type {"helpful" | "unhelpful" | null} */
  let verdict = null;

  /** @param {Record<string, string>} more @param {string} done */
  const send = async (more, done) => {
    const kept = await told(ui, { answer_id: answerId, verdict: verdict ?? "helpful", ...more });
    said.textContent = kept ? done : words.say("feedback_failed");
    return kept;
  };
  const comment = commentForm(words, async (text) => {
    if (await send({ comment: text }, words.say("comment_sent"))) comment.hidden = true;
  });
  comment.hidden = true;

  /** @param {"helpful" | "unhelpful"} which */
  const choose = async (which) => {
    verdict = which;
    for (const [name, one] of buttons) one.setAttribute("aria-pressed", String(name === which));
    comment.hidden = !(await send({}, words.say("thanks")));
  };
  const buttons = /** @type {const} */ (["helpful", "unhelpful"]).map((name) => {
    const pressed = () => choose(name);
    return /** @type {const} */ ([name, button(words.say(name), pressed, { class: "action", "aria-pressed": "false" })]);
  });
  node.append(
    make("span", { class: "quiet", "aria-hidden": "true" }, words.say("helpful_question")),
    ...buttons.map(([, one]) => one),
    said,
    comment,
  );
  return node;
}

/** @param {import("./words.js").Words} words @param {(text: string) => void} sent */
function commentForm(words, sent) {
  const box = make("textarea", { rows: "2", maxlength: String(LONGEST_COMMENT) });
  return make(
    "form",
    {
      class: "comment",
      submit: (event) => {
        event.preventDefault();
        const text = box.value.trim();
        if (text) sent(text);
      },
    },
    make("label", {}, words.say("comment"), box),
    make("button", { class: "action" }, words.say("send_comment")),
  );
}

/** @param {Interface} ui @param {Record<string, string>} body */
async function told({ addresses, credentials }, body) {
  try {
    const reply = await fetch(addresses.api("/v1/feedback"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials,
      redirect: "manual",
      referrerPolicy: "no-referrer",
    });
    return reply.ok;
  } catch {
    return false;
  }
}
