/**
 * Whether a page of this origin may send for a site. Patterns: `https://shop.example` exactly, `shop.example` over
 * any scheme, `*.shop.example` (with or without a scheme) for its subdomains. No pattern allows all.
 */
export function isOriginAllowed(origin: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  const candidate = splitOrigin(origin);
  return patterns.some((pattern) => matches(splitOrigin(pattern), candidate));
}

type OriginParts = { scheme: string | null; host: string };

function splitOrigin(origin: string): OriginParts {
  const text = origin.trim().toLowerCase().replace(/\/+$/, "");
  const schemeEnd = text.indexOf("://");
  return schemeEnd === -1
    ? { scheme: null, host: text }
    : { scheme: text.slice(0, schemeEnd), host: text.slice(schemeEnd + 3) };
}

function matches(pattern: OriginParts, candidate: OriginParts): boolean {
  if (pattern.scheme !== null && pattern.scheme !== candidate.scheme) return false;
  if (pattern.host.startsWith("*.")) {
    const suffix = pattern.host.slice(1);
    return candidate.host.endsWith(suffix) && candidate.host.length > suffix.length;
  }
  return pattern.host === candidate.host;
}
