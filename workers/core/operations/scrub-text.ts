import { cleanText } from "#core/text/clean-text.ts";

const LONGEST = 300;
/** More of a message than anybody reads; what follows is not looked at. */
const MOST_READ = 600;

/**
 * What may hold a visitor's or a customer's data, in the order it is looked for: what quotes statements first, since all
 * that follows them is given by people; then what is recognised by its form.
 */
const PERSONAL: readonly (readonly [RegExp, string])[] = [
  // drizzle: "Failed query: select …\nparams: a,b"; of a statement only that it failed.
  [/Failed query:[\s\S]*/i, "Failed query"],
  [/\b(?:params|parameters|detail|values?|where|context)\s*[:=][\s\S]*/i, "[parameters]"],
  // Postgres: Key (email)=(ada@example.com) already exists; invalid input syntax for type uuid: "…"
  [/=\s*\([^)]*\)/g, "=([value])"],
  [/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, "[quoted]"],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "[url]"],
  [/[^\s@<>,;:()]+@[^\s@<>,;:()]+/g, "[email]"],
  [/\b(?:Bearer|Basic)\s+\S+/gi, "[token]"],
  [/(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:\.\d+){0,3}(?:%\w+)?/gi, "[ip]"],
  [/(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?/g, "[ip]"],
];

/** No word of ours has so many letters. */
const LONG_WORD = 33;

/**
 * A text about an error without what people or their browsers have said: addresses, ids, tokens, numbers and whatever is
 * quoted become words in brackets. What is left says which error it was, and is the same for all errors of a kind.
 */
export function scrubText(text: string): string {
  let scrubbed = text.slice(0, MOST_READ);
  for (const [pattern, word] of PERSONAL) scrubbed = scrubbed.replace(pattern, word);
  scrubbed = scrubbed.replaceAll(/[\w+/=.-]+/g, scrubWord);
  return cleanText(scrubbed.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST));
}

/** A binding that may be missing. */
const BINDING = /^EVENTS_\d+$/;

/** Whatever mixes letters and digits is an order, a key or an id. */
function scrubWord(word: string): string {
  if (BINDING.test(word)) return word;
  if (!/\d/.test(word)) return word.length < LONG_WORD ? word : "[id]";
  return /[A-Za-z]/.test(word) ? "[id]" : "#";
}
