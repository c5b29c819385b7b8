/**
 * A question put to the service, and its answer as it comes.
 *
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").ClaimEvent} ClaimEvent
 * @typedef {import("./contract.js").Exchange} Exchange
 * @typedef {"offline" | "unreachable" | "signed_out" | "broken" | "stalled" | "busy" | "refused" | "failed"} FaultKind
 */

/** Without a byte for so long, the service or the way to it counts as dead. It sends a sign of life every 15 s. */
export const SILENCE_MS = 40_000;

/** Why there is no answer. `detail` is what the service says of it, `seconds` when it says to come back. */
export class Fault extends Error {
  /** @param {FaultKind} kind @param {string} [detail] @param {number | null} [seconds] */
  constructor(kind, detail = "", seconds = null) {
    super(kind);
    this.kind = kind;
    this.detail = detail;
    this.seconds = seconds;
  }
}

/**
 * @param {string} address
 * @param {{ question: string, history: Exchange[], filters: import("./contract.js").Filters }} body
 * @param {{ credentials: RequestCredentials, signal: AbortSignal, claim: (event: ClaimEvent) => void,
 *   meta: () => void, understood: (what: import("./contract.js").Understood) => void,
 *   progress: (how: import("./contract.js").Progress) => void }} options
 * @returns {Promise<Answer>}
 * @throws {Fault} for everything but being stopped by `signal`, which throws an AbortError
 */
export async function ask(address, body, { credentials, signal, claim, meta, understood, progress }) {
  const watch = new Watch(signal);
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json;q=0.5" },
      body: JSON.stringify(body),
      credentials,
      redirect: "manual", // a sign-on page must not be read as an answer
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: watch.signal,
    });
    if (!reply.ok) throw await refusal(reply);
    const type = reply.headers.get("Content-Type") ?? "";
    if (type.startsWith("application/json")) return await reply.json();
    if (!type.startsWith("text/event-stream") || reply.body === null) throw new Fault("signed_out");
    for await (const { name, data } of events(reply.body, () => watch.alive())) {
      if (name === "meta") meta();
      else if (name === "understood") understood(JSON.parse(data));
      else if (name === "progress") progress(JSON.parse(data));
      else if (name === "claim") claim(JSON.parse(data));
      else if (name === "done") return JSON.parse(data);
      else if (name === "error") throw failure(JSON.parse(data));
    }
    throw new Fault("broken");
  } catch (fault) {
    if (signal.aborted || fault instanceof Fault) throw fault;
    if (watch.silent) throw new Fault("stalled");
    if (!navigator.onLine) throw new Fault("offline");
    throw new Fault(watch.heard ? "broken" : "unreachable");
  } finally {
    watch.end();
  }
}

/** Ends the request when nothing was heard for too long, or when the person does. */
class Watch {
  #control = new AbortController();
  #timer = 0;
  heard = false;
  silent = false;

  /** @param {AbortSignal} stopped */
  constructor(stopped) {
    this.signal = this.#control.signal;
    stopped.addEventListener("abort", () => this.#control.abort());
    this.#wait();
  }

  alive() {
    this.heard = true;
    this.end();
    this.#wait();
  }

  end() {
    clearTimeout(this.#timer);
  }

  #wait() {
    this.#timer = setTimeout(() => {
      this.silent = true;
      this.#control.abort();
    }, SILENCE_MS);
  }
}

/** @param {{ status: number, detail: string }} problem that came after the answer had begun */
function failure({ status, detail }) {
  return new Fault(status === 422 ? "refused" : "failed", detail);
}

/** @param {Response} reply @returns {Promise<Fault>} */
async function refusal(reply) {
  if (reply.type === "opaqueredirect" || reply.status === 401 || reply.status === 403) return new Fault("signed_out");
  const seconds = Number(reply.headers.get("Retry-After")) || null;
  const problem = await reply.json().catch(() => ({}));
  const detail = typeof problem.detail === "string" ? problem.detail : "";
  if (reply.status === 429 || reply.status === 503) return new Fault("busy", detail, seconds);
  if (reply.status === 413 || reply.status === 422) return new Fault("refused", detail);
  return new Fault("failed", detail);
}

/**
 * Server-sent events out of bytes.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} heard called for every piece that comes, comments included
 * @returns {AsyncGenerator<{ name: string, data: string }>}
 */
export async function* events(body, heard) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return; // what has no blank line behind it is not whole
      heard();
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parsed(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {}); // the answer is whole, or will not be: what may still come is not wanted
  }
}

/** @param {string} block the lines between two blank ones */
function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") name = value ?? "";
    else if (field === "data") data.push(value ?? "");
  }
  return data.length ? { name, data: data.join("\n") } : null;
}
