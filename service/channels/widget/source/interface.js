/**
 * What every part of the widget is given: the words it speaks, the addresses it may use, and whom it tells.
 *
 * @typedef {object} Interface
 * @property {import("./words.js").Words} words
 * @property {import("./addresses.js").Addresses} addresses
 * @property {RequestCredentials} credentials
 * @property {import("./known.js").Known} known
 * @property {(question: string) => void} ask asks as if the question had been typed
 * @property {(text: string) => void} announce says it once to those who use a screen reader, when they are free
 * @property {(text: string) => void} alarm says it at once
 */
export {};
