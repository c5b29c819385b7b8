/**
 * Elements made of text. What reports, people and the service write comes in as text nodes and attribute values, and
 * nothing in the widget ever parses markup.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | null | ((event: any) => void)>} [attributes] a function listens to the
 *   event of that name; true is an empty attribute; false and null are none
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  for (const child of children) if (child !== null) node.append(child);
  return node;
}

/**
 * @param {string} label
 * @param {(event: MouseEvent) => void} pressed
 * @param {Record<string, string | boolean | null>} [attributes]
 */
export function button(label, pressed, attributes = {}) {
  return make("button", { type: "button", click: pressed, ...attributes }, label);
}

/**
 * A link that opens beside the page that the widget stands in, so that the conversation stays. Without an address
 * that may be followed it is plain text.
 *
 * @param {string | null} address
 * @param {string} text
 * @param {string} newTab what is said of it to those who cannot see the sign
 * @param {Record<string, string | boolean | null>} [attributes]
 */
export function link(address, text, newTab, attributes = {}) {
  if (address === null) return make("span", {}, text);
  const kept = { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes };
  return make("a", kept, text, make("span", { class: "unseen" }, ` (${newTab})`));
}
