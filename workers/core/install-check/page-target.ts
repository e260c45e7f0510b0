import { isLocalName, isPublicName } from "#core/hosts/public-host.ts";
import { fail, ok, type Result } from "#core/result.ts";

export type TargetSite = { domain: string; origins: readonly string[]; ownDomains: readonly string[] };
export type TargetRefusal =
  | { kind: "invalid_url" }
  | { kind: "foreign_host"; host: string }
  | { kind: "private_host"; host: string };

export type TargetQuestion = {
  /** The page to look at. */
  url: string;
  site: TargetSite;
  /** Local stack only: pages of this machine may be looked at. */
  allowsLocal: boolean;
};

const PAGE_URL = /^(https?):\/\/([^/?#@\\\s]+)([/?][^#\s\\]*)?(?:#.*)?$/i;
const MAX_URL = 2_048;

/**
 * The address to fetch, or why it must not be fetched. Only hosts that the site itself names (its domain, origins and
 * own domains, and what lies below them), only http(s) on a public name: never an address in numbers, never this
 * machine, never a port that is not the web's. Each redirect is judged again.
 */
export function pageTarget({ url, site, allowsLocal }: TargetQuestion): Result<string, TargetRefusal> {
  const page = readPage(url);
  if (page === null) return fail({ kind: "invalid_url" });
  const { host, authority } = page;
  const isReachable = isLocalName(host) ? allowsLocal : isPublicName(host) && isWebPort(page.port);
  if (!isReachable) return fail({ kind: "private_host", host });
  // On this machine a port tells one site from another, where the site names one.
  const isOwn = isOwnHost(host, site) || (isLocalName(host) && isOwnHost(authority, site));
  return isOwn ? ok(`${page.scheme}://${authority}${page.rest}`) : fail({ kind: "foreign_host", host });
}

type PageParts = { scheme: string; authority: string; host: string; port: string; rest: string };

function readPage(url: string): PageParts | null {
  const match = url.length > MAX_URL ? null : PAGE_URL.exec(url);
  if (!match) return null;
  const [, scheme = "", authority = "", rest = "/"] = match;
  const [host, port] = splitPort(authority);
  const path = rest.startsWith("?") ? `/${rest}` : rest;
  return { scheme: scheme.toLowerCase(), authority: authority.toLowerCase(), host, port, rest: path };
}

/** The page that is looked at when none is named: the site's front page. */
export function frontPage({ domain }: Pick<TargetSite, "domain">): string {
  return `${isLocalName(splitPort(domain)[0]) ? "http" : "https"}://${domain}/`;
}

function splitPort(authority: string): [string, string] {
  const [host = "", port = ""] = authority.toLowerCase().split(":");
  return [host.replace(/\.$/, ""), port];
}

function isWebPort(port: string): boolean {
  return port === "" || port === "443" || port === "80";
}

function isOwnHost(host: string, { domain, origins, ownDomains }: TargetSite): boolean {
  const named = [domain, ...ownDomains, ...origins.map((origin) => origin.replace(/^[a-z]+:\/\//i, ""))]
    .map((name) =>
      name
        .toLowerCase()
        .replace(/^\*\./, "")
        .replace(/^www\./, ""),
    )
    .map((name) => (isLocalName(splitPort(name)[0]) ? name : splitPort(name)[0]));
  return named.some((name) => name !== "" && (host === name || host.endsWith(`.${name}`)));
}
