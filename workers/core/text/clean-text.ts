/** Nearly no text holds any of these, and this look is a tenth of what the repair costs. */
const SUSPECT = /[\0\uD800-\uDFFF]/;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * The text as Postgres can hold it: NUL is dropped, a lone surrogate becomes U+FFFD (decisions 6).
 * Everything else stays as it was sent.
 */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replaceAll("\u0000", "").replace(LONE_SURROGATE, "\uFFFD");
}

/** Whether `cleanText` would change anything: such an event is marked. */
export function isClean(text: string): boolean {
  return cleanText(text) === text;
}
