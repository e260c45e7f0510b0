const BASE = 36;
const FIRST_CODE = 128;

/**
 * A host as a person reads it: its A-labels in their own letters, `xn--shne-5qa.example` → `söhne.example`. A label that
 * is none, or whose letters would not lead back to it, stays as it is.
 */
export function readableHost(host: string): string {
  if (!host.includes("xn--")) return host;
  const readable = host
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join(".");
  const [name = ""] = host.split(":");
  return URL.parse(`http://${readable}`)?.hostname === name ? readable : host;
}

/** An origin, also with a star before its host, as a person reads it. */
export function readableOrigin(origin: string): string {
  return origin.replace(/[^/]+$/, (host) => readableHost(host));
}

/** The letters of a Punycode label (RFC 3492, 6.2); null for what is none. */
function decodePunycode(label: string): string | null {
  const cut = label.lastIndexOf("-");
  const letters = cut > 0 ? Array.from(label.slice(0, cut)) : [];
  let code = FIRST_CODE;
  let place = 0;
  let bias = 72;
  for (let at = cut + 1; at < label.length;) {
    const number = readNumber(label, at, bias);
    if (number === null) return null;
    const count = letters.length + 1;
    bias = adaptBias(number.value, count, place === 0 && code === FIRST_CODE);
    place += number.value;
    code += Math.floor(place / count);
    place %= count;
    if (code > 0x10_ff_ff) return null;
    letters.splice(place, 0, String.fromCodePoint(code));
    place += 1;
    at = number.end;
  }
  return letters.join("");
}

/** One number of variable length: its digits grow in weight, and one below the threshold ends it. */
function readNumber(label: string, start: number, bias: number): { value: number; end: number } | null {
  let value = 0;
  let weight = 1;
  for (let at = start, k = BASE; at < label.length; at += 1, k += BASE) {
    const digit = digitOf(label.charCodeAt(at));
    if (digit === null) return null;
    value += digit * weight;
    const threshold = Math.min(Math.max(k - bias, 1), 26);
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
  return null;
}

/** a to z are 0 to 25, 0 to 9 are 26 to 35. */
function digitOf(code: number): number | null {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : null;
}

function adaptBias(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > 455; k += BASE) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
