/**
 * The shapes of docs/api.md that the widget reads. Types alone: nothing of this is sent to a browser.
 *
 * @typedef {{ id: string, title: string, subject: string | null, publisher: string | null, published: string | null,
 *   source_url: string | null, licence: string | null }} Report
 * @typedef {{ id: string, path: string[], score: number | null, judgement: string | null }} Section
 * @typedef {{ number: number, paragraph_id: string, report: Report, section: Section, paragraph: number,
 *   page: number | null, label: string | null, quote: string, start: number, end: number, text: string, url: string,
 *   marked_url: string, source_fragment_url: string | null }} Citation
 * @typedef {{ text: string, citations: number[], check: "exact" | "supported" | "unsure" }} Claim
 * @typedef {{ subjects?: string[], sections?: string[] }} Filters
 * @typedef {{ subjects: string[], missing: string[], sections: string[], scores: Record<string, string>,
 *   when: string | null, speakers: string[], carried: { from: string | null }, unread: string[],
 *   corrections: { written: string, meant: string }[] }} Understood
 * @typedef {{ label: string, claims: number[], note: string | null }} Group
 * @typedef {{ subject: string | null, report: string, section: string, score: number | null,
 *   judgement: string | null, percent: number | null, citation: number }} Rating
 * @typedef {{ paragraph_id: string, report: string, subject: string | null, publisher: string | null,
 *   published: string | null, source_url: string | null, section: string[], score: number | null,
 *   judgement: string | null, paragraph: number, page: number | null, label: string | null, text: string, quote: string,
 *   start: number, end: number, url: string, marked_url: string, source_fragment_url: string | null }} Nearest
 * @typedef {{ id: string, question: string, standalone_question: string,
 *   outcome: "answered" | "partial" | "not_found" | "clarify" | "refused", reason: string | null, answer: string,
 *   understood: Understood, shown: { items: number, of: number } | null, claims: Claim[], citations: Citation[], groups: Group[], notes: string[], choices: string[], ratings: Rating[],
 *   nearest: Nearest[], searched: { reports: number, paragraphs: number },
 *   provenance: { generation: string, answerer: string, model: string | null }, attribution: string | null }} Answer
 * @typedef {{ question: string, answer: string }} Exchange
 * @typedef {{ text: string, citations: Citation[], check: Claim["check"] }} ClaimEvent
 * @typedef {{ read: number, of: number }} Progress
 * @typedef {{ reports: { subject: string | null }[], next: string | null }} ReportPage
 * @typedef {{ created: string, counts: { reports: number, paragraphs: number } }} Ready
 */
export {};
