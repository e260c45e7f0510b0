/** One content security policy: directive → its sources, both in lower case but for nonces and hashes. */
export type ContentPolicy = ReadonlyMap<string, readonly string[]>;

export type PolicyQuestion = {
  /** Where the page is: what 'self' means. */
  pageOrigin: string;
  /** What the page would load or send to. */
  url: string;
  /** The script tag's nonce, when it has one. */
  nonce?: string | undefined;
};

/** The directives that decide on scripts by a tag, and on what a script sends, the first that is there decides. */
export const SCRIPT_DIRECTIVES = ["script-src-elem", "script-src", "default-src"] as const;
export const CONNECT_DIRECTIVES = ["connect-src", "default-src"] as const;

/** The policies of a header or meta tag: a comma begins another one, and all of them must allow (CSP level 3, §2.2). */
export function readPolicies(text: string): ContentPolicy[] {
  return text
    .split(",")
    .map((policy) => readPolicy(policy))
    .filter((policy) => policy.size > 0);
}

function readPolicy(text: string): ContentPolicy {
  const directives = new Map<string, readonly string[]>();
  for (const part of text.split(";")) {
    const [name = "", ...sources] = part.trim().split(/\s+/);
    // Of a directive given twice the first counts.
    if (name !== "" && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
}

export type Refusal = { directive: string; sources: readonly string[] };

/** The directive that forbids it, or null when the policy allows it. */
export function refusedBy(
  policy: ContentPolicy,
  directives: readonly string[],
  question: PolicyQuestion,
): Refusal | null {
  const directive = directives.find((name) => policy.has(name));
  if (directive === undefined) return null;
  const sources = policy.get(directive) ?? [];
  const nonce = question.nonce === undefined || question.nonce === "" ? null : `'nonce-${question.nonce}'`;
  if (nonce !== null && sources.includes(nonce)) return null;
  // With 'strict-dynamic' lists of hosts count for nothing: a tag needs a nonce or a hash.
  const isStrict =
    directive !== "connect-src" && sources.some((source) => source.toLowerCase() === "'strict-dynamic'");
  const isAllowed = !isStrict && sources.some((source) => matchesSource(source.toLowerCase(), question));
  return isAllowed ? null : { directive, sources };
}

const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/([^/:?#]+)(?::(\d+))?([^?#]*)/i;

type Address = { scheme: string; host: string; port: string; path: string };

function readAddress(url: string): Address | null {
  const [, scheme = "", host = "", port = "", path = ""] = ADDRESS.exec(url) ?? [];
  if (scheme === "") return null;
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port: port || standardPort(scheme), path };
}

function standardPort(scheme: string): string {
  return scheme.toLowerCase() === "http" ? "80" : "443";
}

function matchesSource(source: string, { pageOrigin, url }: PolicyQuestion): boolean {
  const page = readAddress(pageOrigin);
  const target = readAddress(url);
  if (!page || !target) return false;
  if (source === "*") return true;
  if (source === "'self'") return isSameOrigin(page, target);
  if (/^[a-z][a-z0-9+.-]*:$/.test(source)) return isUpgrade(source.slice(0, -1), target.scheme);
  return source.startsWith("'") ? false : matchesHost(source, page, target);
}

function isSameOrigin(page: Address, target: Address): boolean {
  return page.host === target.host && page.port === target.port && isUpgrade(page.scheme, target.scheme);
}

/** A source of http lets https through as well. */
function isUpgrade(allowed: string, scheme: string): boolean {
  return allowed === scheme || (allowed === "http" && scheme === "https");
}

const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+)(?::(\d+|\*))?(\/.*)?$/;

function matchesHost(source: string, page: Address, target: Address): boolean {
  const match = HOST_SOURCE.exec(source);
  if (!match) return false;
  const [, scheme = page.scheme, host = "", port, path = ""] = match;
  return (
    isUpgrade(scheme, target.scheme) &&
    isHostOf(host, target.host) &&
    (port === "*" || target.port === (port ?? standardPort(target.scheme))) &&
    isPathOf(path, target.path)
  );
}

function isHostOf(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** A path that ends in a slash lets through all below it, any other one only itself. */
function isPathOf(pattern: string, path: string): boolean {
  if (pattern === "" || pattern === "/") return true;
  return pattern.endsWith("/") ? path.startsWith(pattern) : path === pattern;
}
