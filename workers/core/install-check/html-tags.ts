/** A start tag of a page, with the text up to its end tag where it is a script. */
export type HtmlTag = {
  name: "script" | "meta" | "noscript";
  /** Names in lower case; an attribute without a value is "". */
  attributes: ReadonlyMap<string, string>;
  text: string;
};

const TAGS = ["script", "meta", "noscript"] as const;
const MAX_TAG_LENGTH = 8_192;
const ATTRIBUTE = /([^\s"'=<>`/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/**
 * The scripts and meta tags of a page as a browser would find them in its source: comments are skipped, quotes are
 * respected. One pass, whatever a page may have been made to look like. What scripts add later is not in it.
 */
export function readTags(html: string): HtmlTag[] {
  const lower = html.toLowerCase();
  const tags: HtmlTag[] = [];
  let at = 0;
  for (;;) {
    at = lower.indexOf("<", at);
    if (at === -1) return tags;
    if (lower.startsWith("<!--", at)) {
      at = endAfter(lower, "-->", at);
      continue;
    }
    const name = TAGS.find((candidate) => startsTag(lower, candidate, at));
    if (name === undefined) {
      at += 1;
      continue;
    }
    const end = tagEnd(html, at);
    const attributes = readAttributes(html.slice(at + 1 + name.length, Math.min(end, at + MAX_TAG_LENGTH)));
    const close = name === "script" ? indexOrEnd(lower, "</script", end) : end;
    tags.push({ name, attributes, text: name === "script" ? html.slice(end + 1, close) : "" });
    at = Math.max(close, at + 1);
  }
}

function startsTag(lower: string, name: string, at: number): boolean {
  return lower.startsWith(name, at + 1) && /[\s/>]/.test(lower.charAt(at + 1 + name.length));
}

/** Where the tag's ">" stands; one inside quotes does not end it. */
function tagEnd(html: string, start: number): number {
  let quote = "";
  for (let at = start; at < html.length; at += 1) {
    const letter = html.charAt(at);
    if (quote !== "") quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === ">") return at;
  }
  return html.length;
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const value = (double ?? single ?? bare ?? "").replaceAll("&amp;", "&").replaceAll("&quot;", '"');
    // Of a name given twice the first counts, as in a browser.
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), value);
  }
  return attributes;
}

function endAfter(text: string, mark: string, from: number): number {
  return Math.min(text.length, indexOrEnd(text, mark, from) + mark.length);
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
}
