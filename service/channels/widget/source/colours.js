/**
 * A page's own colour for the widget, taken only so far as it can be read: the text on it is black or white, whichever
 * stands out more, and links take it only where it stands out from their ground.
 */

const GROUNDS = { "": "#ffffff", "-dark": "#14181d" };
const ENOUGH = 4.5; // WCAG 1.4.3

/**
 * The style sheet of an accent colour.
 * @param {string | null} accent "#rgb" or "#rrggbb"; anything else is not taken @param {"" | "-dark"} where
 */
export function accentStyle(accent, where) {
  const colour = hex(accent);
  if (!colour) return "";
  const on = contrast(colour, "#ffffff") >= ENOUGH ? "#ffffff" : "#000000";
  const link = contrast(colour, GROUNDS[where]) >= ENOUGH ? `--citewise-link${where}: ${colour};` : "";
  return `:host { --citewise-accent${where}: ${colour}; --citewise-on-accent${where}: ${on}; ${link} }`;
}

/** @param {string | null} colour @returns {string | null} */
function hex(colour) {
  const found = /^#(?:([0-9a-f]{6})|([0-9a-f])([0-9a-f])([0-9a-f]))$/i.exec(colour?.trim() ?? "");
  if (!found) return null;
  const [, long, red, green, blue] = found;
  return `#${long ?? `${red}${red}${green}${green}${blue}${blue}`}`;
}

/** @param {string} one @param {string} other both "#rrggbb" */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
