/**
 * The widget's look. Lengths are in rem and em, so that it grows with the reader's text size, and every side is a logical one, so
 * that it turns with the direction of writing. Colours are variables: a page may set those that begin with --citewise-.
 */
export const STYLE = `
:host {
  --ground: #ffffff; --text: #1b1f24; --quiet: #535c66; --line: #828b96; --tint: #f1f5f9; --soft: #d7dee6;
  --mark: #fff0a3; --mark-text: #1b1f24; --fault: #a40e26; --fault-tint: #fdf1f2;
  --accent: var(--citewise-accent, #0b4f9e); --on-accent: var(--citewise-on-accent, #ffffff); --link: var(--citewise-link, #0b4f9e);
  --s1: #f6c7c1; --s2: #fbe1b6; --s3: #c9e8cd; --s4: #bcd9f5; --s-text: #1b1f24;
  display: block; color-scheme: light; color: var(--text); text-align: start;
  font: 1rem/1.5 var(--citewise-font, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
}
:host([hidden]) { display: none; }
:host([mode="launcher"]) { display: contents; }
*, *::before { box-sizing: border-box; }
[hidden] { display: none !important; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h2, h3, h4, p, ul, ol, blockquote, table { margin: 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
:is(.send, .launcher):focus-visible { outline-color: var(--text); }
a { color: var(--link); text-underline-offset: 0.15em; }
.quiet { color: var(--quiet); }
button { font: inherit; cursor: pointer; }

.panel {
  display: flex; flex-direction: column; container-type: inline-size; position: relative;
  max-block-size: var(--citewise-height, min(46rem, 85vh)); background: var(--ground); border: 1px solid var(--line);
  border-radius: 0.6rem; overflow: hidden; overflow-wrap: anywhere;
}
.head {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.3rem 1rem;
  padding: 0.7rem 1rem; background: var(--accent); color: var(--on-accent);
}
h2 { font-size: 1.1rem; line-height: 1.3; }
.tools { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.plain {
  color: inherit; background: none; border: 1px solid currentcolor; border-radius: 0.3rem; padding: 0.15rem 0.6rem;
  min-block-size: 2rem; min-inline-size: 2rem; font-size: 0.9rem;
}
.plain:focus-visible { outline-color: currentcolor; }
.plain:hover { text-decoration: underline; }
.log { flex: 1 1 auto; min-block-size: 6rem; overflow-y: auto; padding: 1rem; position: relative; }
.log:focus-visible { outline-offset: -3px; }
.greeting { display: grid; gap: 0.9rem; }
.choices { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; }
.choice, .retry {
  color: var(--link); background: var(--ground); border: 1px solid currentcolor; border-radius: 1.2rem;
  padding: 0.35rem 0.9rem; min-block-size: 2.4rem; text-align: start;
}
.choice:hover, .action:hover, .retry:hover { background: var(--tint); }

.turn { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7rem; padding-block: 0.4rem 1.4rem; }
.turn + .turn { border-block-start: 1px solid var(--soft); padding-block-start: 1.2rem; }
.question {
  justify-self: end; max-inline-size: 85%; background: var(--tint); border: 1px solid var(--soft); border-radius: 0.8rem;
  padding: 0.5rem 0.9rem; font-size: 1rem; font-weight: 600; white-space: pre-wrap;
}
.reply { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.8rem; }
.one, .part { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.7rem; align-content: start; }
:is(.one, .part):empty { display: none; }
h4 { font-size: 1rem; line-height: 1.35; margin-block-end: 0.3rem; }
.parts { display: grid; gap: 1rem; }
.parts > .part { border-inline-start: 3px solid var(--soft); padding-inline-start: 0.8rem; }
@container (min-inline-size: 40rem) {
  .parts { grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
}
.mark {
  display: inline-block; min-inline-size: 1.5rem; min-block-size: 1.5rem; padding-inline: 0.35rem; border: 1px solid currentcolor;
  border-radius: 0.3rem; font-size: 0.85rem; line-height: 1.4rem; font-weight: 600; text-align: center; text-decoration: none;
  background: var(--ground);
}
.mark:hover { background: var(--tint); }
.mark[aria-expanded="true"] { background: var(--link); color: var(--ground); }
.outcome { border-inline-start: 3px solid var(--line); padding-inline-start: 0.8rem; }
.note { color: var(--quiet); }
.understood { display: grid; gap: 0.5rem; }
.chips { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; font-size: 0.9rem; }
.chip {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.4rem; min-inline-size: 0; padding: 0.1rem 0.7rem; min-block-size: 2rem;
  border: 1px solid var(--line); border-radius: 1rem; background: var(--tint);
}
.kind { color: var(--quiet); }
.chip:is(.missing, .unread) { border-style: dashed; background: none; }
.missing .what { text-decoration: line-through; }
:is(button.what, .off) { color: var(--link); background: none; border: 0; padding: 0.1rem 0.2rem; min-block-size: 1.75rem; text-align: start; overflow-wrap: anywhere; }
button.what { text-decoration: underline dotted; text-underline-offset: 0.2em; }
.missing button.what { text-decoration: line-through; }
.off { min-inline-size: 1.75rem; text-align: center; font-weight: 700; }
:is(button.what, .off):hover { text-decoration: underline; }
.correct { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem; }
.correct label { display: grid; gap: 0.2rem; flex: 1 1 12rem; min-inline-size: 0; font-size: 0.9rem; }
.correct input {
  font: inherit; color: inherit; background: var(--ground); border: 2px solid var(--line); border-radius: 0.3rem; padding: 0.2rem 0.5rem;
  min-block-size: 2.2rem; inline-size: 100%; min-inline-size: 0;
}
.unsure { font-size: 0.85rem; }
.nearest { display: grid; gap: 0.7rem; }
.card {
  display: grid; gap: 0.4rem; padding: 0.8rem 0.9rem; border: 1px solid var(--line); border-inline-start: 4px solid var(--link);
  border-radius: 0.4rem; background: var(--tint); font-size: 0.95rem;
}
.card-title { font-weight: 600; }
blockquote {
  margin-block: 0.3rem; padding: 0.6rem 0.8rem; background: var(--ground); border-radius: 0.3rem; white-space: pre-wrap; tab-size: 4;
}
mark { background: var(--mark); color: var(--mark-text); border-block-end: 2px solid currentcolor; }
.actions, .feedback { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.6rem; }
.action {
  display: inline-block; color: var(--link); background: var(--ground); border: 1px solid var(--line); border-radius: 0.3rem;
  padding: 0.2rem 0.7rem; min-block-size: 2rem; font-size: 0.9rem; text-decoration: none; line-height: 1.5;
}
.action[aria-pressed="true"] { background: var(--link); color: var(--ground); border-color: var(--link); }
.said { font-size: 0.9rem; color: var(--quiet); }
.said:empty { display: none; }
.comment { flex: 1 0 100%; display: grid; gap: 0.4rem; justify-items: start; }
.comment label { display: grid; gap: 0.3rem; inline-size: 100%; font-size: 0.9rem; }
.sources { display: grid; gap: 0.5rem; }
summary { cursor: pointer; padding-block: 0.2rem; color: var(--link); inline-size: fit-content; }
.places { padding-inline-start: 1.6rem; display: grid; gap: 0.6rem; margin-block: 0.4rem; }
.places a { display: inline-block; min-block-size: 1.5rem; }
.snippet { display: block; font-size: 0.9rem; }
.small { font-size: 0.85rem; display: grid; gap: 0.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-size: 0.95rem; }
.strip { inline-size: auto; font-size: 0.9rem; }
.strip :is(th, td) { padding-block: 0.2rem; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.4rem; }
th, td { border-block-end: 1px solid var(--soft); padding: 0.4rem 0.6rem; text-align: start; vertical-align: middle; }
thead th { border-block-end: 2px solid var(--line); }
tbody th { font-weight: 400; }
.rating {
  display: inline-block; min-inline-size: 2rem; min-block-size: 1.6rem; padding-inline: 0.6rem; border: 1px solid var(--line); border-radius: 0.3rem;
  font-weight: 600; text-align: center; line-height: 1.6rem;
}
.rating[data-score="1"] { background: var(--s1); } .rating[data-score="2"] { background: var(--s2); }
.rating[data-score="3"] { background: var(--s3); } .rating[data-score="4"] { background: var(--s4); }
.rating:is([data-score="1"], [data-score="2"], [data-score="3"], [data-score="4"]) { color: var(--s-text); }
.fault { display: grid; gap: 0.6rem; justify-items: start; padding: 0.7rem 0.9rem; border: 1px solid var(--fault); border-inline-start-width: 4px; border-radius: 0.4rem; background: var(--fault-tint); }
.fault p { color: var(--fault); }
.fault .retry { background: var(--ground); }
.waiting { display: flex; align-items: center; gap: 0.6rem; }
.dots { display: inline-flex; gap: 0.25rem; }
.dots i { inline-size: 0.45rem; block-size: 0.45rem; border-radius: 50%; background: currentcolor; opacity: 0.4; }

.composer { display: grid; gap: 0.35rem; padding: 0.8rem 1rem; border-block-start: 1px solid var(--line); background: var(--ground); }
.composer label { font-weight: 600; font-size: 0.95rem; }
.row { display: flex; gap: 0.5rem; align-items: flex-end; }
textarea {
  flex: 1; inline-size: 100%; min-inline-size: 0; font: inherit; color: inherit; background: var(--ground); border: 2px solid var(--line); border-radius: 0.4rem;
  padding: 0.45rem 0.6rem; resize: none; field-sizing: content; min-block-size: 2.9rem; max-block-size: 9rem;
}
.send {
  font-weight: 600; color: var(--on-accent); background: var(--accent); border: 2px solid var(--accent); border-radius: 0.4rem;
  padding: 0.4rem 1.1rem; min-block-size: 2.9rem;
}
.send.stop { color: var(--text); background: var(--ground); border-color: var(--line); }
.notice { font-size: 0.85rem; }
.left:empty { display: none; }

.launcher {
  position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000; font-weight: 600; color: var(--on-accent); background: var(--accent);
  border: 2px solid var(--on-accent); border-radius: 2rem; padding: 0.7rem 1.3rem; min-block-size: 3rem; box-shadow: 0 2px 10px rgb(0 0 0 / 35%);
}
:host([mode="launcher"]) .panel {
  position: fixed; inset-block-end: 5rem; inset-inline-end: 1rem; z-index: 2147483000; inline-size: min(27rem, 100vw - 2rem);
  block-size: min(46rem, 100dvh - 6.5rem); max-block-size: none; box-shadow: 0 4px 24px rgb(0 0 0 / 30%);
}
:host([mode="launcher"]) .panel.large { inline-size: min(64rem, 100vw - 2rem); block-size: calc(100dvh - 6.5rem); }

@media (max-width: 30rem) {
  :host([mode="launcher"]) .panel, :host([mode="launcher"]) .panel.large { inset: 0; inline-size: auto; block-size: auto; border-radius: 0; border: 0; }
  .log, .composer { padding-inline: 0.75rem; }
  .size { display: none; }
}
/* Little height, as when zoomed to 400 %: the whole panel scrolls, so that neither box nor answer is squeezed out. */
@media (max-height: 30rem) {
  .panel { max-block-size: none; }
  .log { overflow: visible; flex: none; }
  :host([mode="launcher"]) .panel, :host([mode="launcher"]) .panel.large { inset: 0; inline-size: auto; block-size: auto; overflow-y: auto; }
}
@media (prefers-reduced-motion: no-preference) {
  .dots i { animation: beat 1.2s infinite; }
  .dots i:nth-child(2) { animation-delay: 0.2s; }
  .dots i:nth-child(3) { animation-delay: 0.4s; }
  @keyframes beat { 30% { opacity: 1; } }
}
@media (forced-colors: active) {
  .panel, .head, .question, .composer { border: 1px solid CanvasText; }
  .mark[aria-expanded="true"], .action[aria-pressed="true"] { outline: 3px solid Highlight; }
  mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
@media print {
  .composer, .tools, .feedback, .actions, .launcher, .off, .correct { display: none; }
  .panel { max-block-size: none; border: 0; }
  .log { overflow: visible; }
}
`;

const DARK = `
  --ground: #14181d; --text: #e8ebef; --quiet: #a9b2bc; --line: #737e8a; --tint: #202830; --soft: #343e48;
  --mark: #5a4a00; --mark-text: #ffffff; --fault: #ff9aa5; --fault-tint: #2b1a1d;
  --accent: var(--citewise-accent-dark, #1d4f86); --on-accent: var(--citewise-on-accent-dark, #ffffff);
  --link: var(--citewise-link-dark, #8cc1ff);
  --s1: #8c2f26; --s2: #7a5310; --s3: #1f5c2c; --s4: #1d4f86; --s-text: #ffffff;
  color-scheme: dark;
`;

/** Dark colours: as the reader's system says, unless the page decides. */
export const DARK_STYLE = `
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
`;
