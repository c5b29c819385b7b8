/**
 * Whether the claims say nothing but what the table shows.
 * @param {import("./contract.js").Answer} answer
 */
export function tellsRatings({ claims, ratings }) {
  const shown = new Set(ratings.map((rating) => rating.citation));
  return ratings.length > 0 && claims.length === ratings.length && claims.every((claim) => claim.citations.every((n) => shown.has(n)));
}

/**
 * A printed rating in words.
 * @param {import("./contract.js").Rating} rating @param {import("./interface.js").Interface} ui
 */
export function printed({ score, judgement, percent }, { words }) {
  const parts = [score === null ? null : String(score), judgement, percent === null ? null : words.say("percent", String(percent))];
  return parts.filter(Boolean).join(" · ");
}
