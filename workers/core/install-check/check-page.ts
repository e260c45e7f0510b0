import { isOriginAllowed } from "#core/privacy/origin-allowed.ts";
import { checkPolicies } from "./check-policies.ts";
import type { CheckedPage, CheckedSite } from "./checked-page.ts";
import { findSnippets, findTagManager, hasConsentCall, type Snippet } from "./find-snippets.ts";
import { readTags, type HtmlTag } from "./html-tags.ts";
import { finding, type InstallFinding } from "./install-finding.ts";

/**
 * What keeps events of this page from arriving, each with its fix; `installed` alone when nothing does. Judges the
 * source as the server sends it: what scripts of the page change later cannot be seen.
 */
export function checkPage(page: CheckedPage, site: CheckedSite): InstallFinding[] {
  const tags = readTags(page.html);
  const snippets = findSnippets(tags);
  const own = snippets.find(({ siteKey }) => siteKey === site.siteKey);
  const snippet = own ?? snippets[0];
  const found = [
    ...(site.silent ? [finding("silenced", "blocks")] : []),
    ...(snippet === undefined ? missing(tags, site) : checkSnippet(snippet, page, site)),
    ...checkOrigin(page, site),
    ...(snippet === undefined ? [] : checkPolicies({ tags, snippet, page })),
    ...(own === undefined ? [] : checkSettings({ own, snippets, tags }, site)),
  ];
  return found.some(({ level }) => level === "blocks") || snippet === undefined
    ? found
    : [finding("installed", "good", { found: page.url }), ...found];
}

function missing(tags: readonly HtmlTag[], site: CheckedSite): InstallFinding[] {
  const container = findTagManager(tags);
  // A tag manager adds its tags in the browser: their absence from the source proves nothing.
  if (container !== null) return [finding("tag_manager", "hint", { found: container, fix: site.snippet })];
  return [finding("snippet_missing", "blocks", { fix: site.snippet })];
}

function checkSnippet(snippet: Snippet, page: CheckedPage, site: CheckedSite): InstallFinding[] {
  const found: InstallFinding[] = [];
  const { siteKey, snippet: fix } = site;
  if (snippet.siteKey === null || snippet.siteKey === "") {
    found.push(finding("key_missing", "blocks", { expected: siteKey, fix }));
  } else if (snippet.siteKey !== siteKey) {
    found.push(finding("wrong_key", "blocks", { found: snippet.siteKey, expected: siteKey, fix }));
  }
  // With an endpoint of the site's own the script may well come from there too: it passes both on.
  const isOwnFolder = snippet.endpoint !== null || originOf(snippet.src ?? "", page.url) === page.origin;
  const origin = originOf(snippet.src ?? page.collectOrigin, page.url);
  if (!isOwnFolder && origin !== page.collectOrigin) {
    found.push(
      finding("foreign_endpoint", "blocks", { found: snippet.src, expected: page.collectOrigin, fix }),
    );
  }
  return found;
}

function checkOrigin(page: CheckedPage, site: CheckedSite): InstallFinding[] {
  if (isOriginAllowed(page.origin, site.origins)) return [];
  return [
    finding("origin_not_allowed", "blocks", {
      found: page.origin,
      expected: site.origins.join(", "),
      fix: page.origin,
    }),
  ];
}

type Installed = { own: Snippet; snippets: readonly Snippet[]; tags: readonly HtmlTag[] };

function checkSettings({ own, snippets, tags }: Installed, site: CheckedSite): InstallFinding[] {
  const found: InstallFinding[] = [];
  const fix = site.snippet;
  const count = snippets.filter(({ siteKey }) => siteKey === site.siteKey).length;
  if (count > 1) found.push(finding("snippet_twice", "warns", { found: String(count) }));
  const identity = own.identity === "first-party" ? "first-party" : "cookieless";
  if (identity !== site.identity) {
    found.push(finding("identity_differs", "warns", { found: identity, expected: site.identity, fix }));
  }
  const asksFirst = own.consent === "required";
  if (asksFirst !== site.consentRequired) {
    const words = (isAsked: boolean) => (isAsked ? "required" : "not required");
    found.push(
      finding("consent_differs", "warns", {
        found: words(asksFirst),
        expected: words(site.consentRequired),
        fix,
      }),
    );
  }
  if (site.consentRequired && !hasConsentCall(tags)) {
    found.push(finding("consent_call_missing", "hint", { fix: "waymark('consent', 'granted')" }));
  }
  return found;
}

/** The origin of an address as the page would resolve it: `//host`, `/path` and names beside it included. */
function originOf(src: string, pageUrl: string): string {
  const [pageOrigin = "", scheme = "https:"] = /^(https?:)\/\/[^/?#]+/i.exec(pageUrl) ?? [];
  if (/^https?:\/\//i.test(src)) return trimmed(src);
  return src.startsWith("//") ? trimmed(`${scheme}${src}`) : trimmed(pageOrigin);
}

/** Lower case, without the port that the scheme has anyway. */
function trimmed(url: string): string {
  const [origin = ""] = /^https?:\/\/[^/?#]+/i.exec(url) ?? [];
  const lower = origin.toLowerCase();
  return lower.startsWith("https:") ? lower.replace(/:443$/, "") : lower.replace(/:80$/, "");
}
