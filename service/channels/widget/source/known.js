/**
 * What the index holds, for those who correct what was understood. Asked for once it is needed, and kept; empty where it
 * cannot be had.
 */
export class Known {
  #addresses;
  #credentials;
  /** @type {Map<string, Promise<string[]>>} */
  #kept = new Map();

  /** @param {import("./addresses.js").Addresses} addresses @param {RequestCredentials} credentials */
  constructor(addresses, credentials) {
    this.#addresses = addresses;
    this.#credentials = credentials;
  }

  /** The bodies that reports are about. */
  subjects() {
    return this.#once("subjects", async () => {
      const found = [];
      /** @type {string | null} */
      let page = "/v1/reports?limit=200";
      while (page) {
        /** @type {import("./contract.js").ReportPage} */
        const body = await this.#read(page);
        found.push(...body.reports.flatMap(({ subject }) => subject ?? []));
        page = body.next;
      }
      return found;
    });
  }

  /** @param {string} report the id of the one whose headings are offered */
  sections(report) {
    return this.#once(`sections ${report}`, async () => {
      /** @type {{ sections: { path: string[] }[] }} */
      const { sections } = await this.#read(`/v1/reports/${encodeURIComponent(report)}`);
      return sections.flatMap(({ path }) => path.at(-1) ?? []);
    });
  }

  /** @param {string} what @param {() => Promise<string[]>} read */
  #once(what, read) {
    const known = this.#kept.get(what) ?? read().then((found) => [...new Set(found)], () => []);
    this.#kept.set(what, known);
    return known;
  }

  /** @param {string} path */
  async #read(path) {
    const address = this.#addresses.api(path);
    const reply = await fetch(address, { credentials: this.#credentials, redirect: "manual", referrerPolicy: "no-referrer" });
    if (!reply.ok) throw new Error(String(reply.status));
    return await reply.json();
  }
}
