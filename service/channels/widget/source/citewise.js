import { Addresses } from "./addresses.js";
import { Chat } from "./chat.js";
import { accentStyle } from "./colours.js";
import { button, make } from "./dom.js";
import { DARK_STYLE, STYLE } from "./style.js";
import { Words } from "./words.js";

/** Where this module stands, as in https://citewise.example/widget/v1/citewise.js */
const HERE = new URL("../..", import.meta.url).href;

/**
 * `<citewise-chat>`: asks the reports from any page. What stands inside the element shows where this module cannot run.
 * docs/widget.md tells its attributes.
 */
class CitewiseChat extends HTMLElement {
  static observedAttributes = ["open"];
  #root = this.attachShadow({ mode: "open" });
  /** @type {Chat | null} */
  #chat = null;
  /** @type {{ launcher: HTMLButtonElement, panel: HTMLElement } | null} */
  #parts = null;

  connectedCallback() {
    if (!this.#chat) this.#build();
    document.addEventListener("keydown", this.#pressed);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#pressed);
    this.#chat?.end();
  }

  attributeChangedCallback() {
    this.#unfold();
  }

  /** Whether the panel of a launcher is open. */
  get open() {
    return this.hasAttribute("open");
  }

  set open(wanted) {
    this.toggleAttribute("open", wanted);
  }

  /** Begins a new conversation. */
  restart() {
    this.#chat?.restart();
  }

  #build() {
    const words = new Words(this.#language());
    this.#root.adoptedStyleSheets = [
      STYLE,
      accentStyle(this.getAttribute("accent"), ""),
      accentStyle(this.getAttribute("accent-dark") ?? this.getAttribute("accent"), "-dark"),
      DARK_STYLE,
    ].map(sheet);
    try {
      const addresses = new Addresses(this.getAttribute("service") || HERE);
      this.#fill(words, addresses);
    } catch (fault) {
      const detail = fault instanceof Error ? fault.message : String(fault);
      this.#root.replaceChildren(make("p", { role: "alert" }, words.say("misplaced", detail)));
    }
  }

  /** @param {Words} words @param {Addresses} addresses */
  #fill(words, addresses) {
    const launched = this.getAttribute("mode") === "launcher";
    const panel = make("section", { class: "panel", id: "panel", "aria-labelledby": "heading", lang: words.language });
    const larger = button(words.say("larger"), () => {
      const large = panel.classList.toggle("large");
      larger.textContent = words.say(large ? "smaller" : "larger");
    }, { class: "plain size" });
    const shut = button(words.say("close"), () => this.#shut(), { class: "plain" });
    this.#chat = new Chat(words, addresses, {
      heading: this.getAttribute("heading") || words.say("heading"),
      suggestions: (this.getAttribute("suggestions") ?? "").split("|").map((one) => one.trim()).filter(Boolean),
      credentials: this.getAttribute("credentials") === "include" ? "include" : "same-origin",
      extra: launched ? [larger, shut] : [],
    });
    panel.append(...this.#chat.nodes);
    if (!launched) return this.#root.replaceChildren(panel);
    const launcher = button(words.say("open"), () => (this.open = !this.open), {
      class: "launcher",
      lang: words.language,
      "aria-controls": "panel",
      "aria-expanded": "false",
    });
    this.#parts = { launcher, panel };
    this.#root.replaceChildren(launcher, panel);
    this.#unfold();
  }

  /** Shows or hides the panel of a launcher, as the attribute says. */
  #unfold() {
    if (!this.#parts) return;
    const { launcher, panel } = this.#parts;
    const was = !panel.hidden;
    panel.hidden = !this.open;
    launcher.setAttribute("aria-expanded", String(this.open));
    if (this.open && !was) this.#chat?.focus();
  }

  /** Folds the panel; the focus goes back to the launcher if it was in here. */
  #shut() {
    const inside = this.#root.activeElement !== null;
    this.open = false;
    if (inside) this.#parts?.launcher.focus();
  }

  /** @param {KeyboardEvent} event */
  #pressed = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && this.#parts && this.open) this.#shut();
  };

  /** The element's own language, or the one of the page around it. */
  #language() {
    const holder = /** @type {HTMLElement | null} */ (this.closest("[lang]"));
    return holder?.lang || navigator.language;
  }
}

/** @param {string} text */
function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

if (!customElements.get("citewise-chat")) customElements.define("citewise-chat", CitewiseChat);
