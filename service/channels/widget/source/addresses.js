/** @typedef {import("./contract.js").Citation} Citation */

/**
 * Which addresses may become links: pages of the service itself, and the published source that the service names.
 */
export class Addresses {
  /** @param {string} service the service's own address, with its path where a proxy puts it below one */
  constructor(service) {
    const base = new URL(service, document.baseURI);
    if (!/^https?:$/.test(base.protocol)) throw new TypeError("the service's address must begin with http or https");
    /** @readonly */
    this.base = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  }

  /** @param {string} path of the API, as in "/v1/ask" */
  api(path) {
    return this.base + path;
  }

  /**
   * A page of the service; null for anything that is none.
   * @param {string} path
   */
  page(path) {
    if (!/^\/(?![/\\])/.test(path)) return null;
    const whole = new URL(this.base + path);
    return whole.origin === new URL(this.base).origin ? whole.href : null;
  }

  /**
   * The cited words, marked in their report by the service.
   * @param {Citation} citation
   */
  words(citation) {
    return this.page(citation.marked_url);
  }

  /**
   * An address of the web that the service gives; null for any other.
   * @param {string | null} url
   */
  web(url) {
    if (url === null || !URL.canParse(url)) return null;
    return /^https?:$/.test(new URL(url).protocol) ? url : null;
  }
}

/**
 * The paragraph in three parts: before the quoted words, these, and after. Offsets count code points, which
 * JavaScript's strings do not.
 * @param {Citation} citation
 * @returns {[string, string, string]}
 */
export function quoted(citation) {
  const points = Array.from(citation.text);
  const { start, end } = citation;
  const words = points.slice(start, end).join("");
  if (words !== citation.quote) return ["", citation.quote, ""];
  return [points.slice(0, start).join(""), words, points.slice(end).join("")];
}
