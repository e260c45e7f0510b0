/** The parts of a page's url that attribution reads. Core has no `URL`: it runs where there is no web. */
export type PageAddress = {
  /** Lower-case, without `www.` and port. */
  host: string;
  path: string;
  /** Decoded query parameters; of a repeated name the first counts, as everywhere in the field. */
  query: ReadonlyMap<string, string>;
};

/** Scheme, user info up to the last "@", host, port, path, query, hash; a backslash is a slash to a browser. */
const HTTP_URL =
  /^https?:\/\/(?:[^/\\?#]*@)?(\[[0-9a-f:.]+\]|[^/\\?#:@[\]\s]+)(?::\d*)?([/\\][^?#]*)?(?:\?([^#]*))?(?:#.*)?$/is;

/** Host, path and query of an http(s) url; null for anything else. */
export function readPageAddress(url: string): PageAddress | null {
  const match = HTTP_URL.exec(url);
  if (!match) return null;
  const [, host = "", path = "", query = ""] = match;
  return { host: bareHost(host), path: path === "" ? "/" : path, query: readQuery(query) };
}

/** A host as it is compared and stored: lower case, no port, no trailing dot, no `www.` before a whole name. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/\.$/, "")
    .replace(/^www\.(?=[^.]+\.)/, "");
}

function readQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  if (query === "") return parameters;
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const name = decode(cut === -1 ? pair : pair.slice(0, cut)).toLowerCase();
    if (!parameters.has(name)) parameters.set(name, cut === -1 ? "" : decode(pair.slice(cut + 1)));
  }
  return parameters;
}

/** Percent and plus decoding; a broken escape stays as it was written. */
function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
