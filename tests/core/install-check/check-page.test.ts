import { describe, expect, test } from "vitest";
import { checkPage } from "#core/install-check/check-page.ts";
import type { CheckedPage, CheckedSite } from "#core/install-check/checked-page.ts";
import type { InstallFinding } from "#core/install-check/install-finding.ts";

const COLLECT = "https://collect.waymark.example";
const KEY = "wms_abcdefgh23456789abcd";
const SNIPPET = `<script defer src="${COLLECT}/attribution.js" data-site="${KEY}" data-identity="first-party"></script>`;
const SITE: CheckedSite = {
  siteKey: KEY,
  identity: "first-party",
  consentRequired: false,
  origins: [],
  silent: false,
  snippet: SNIPPET,
};

function check(
  html: string,
  page: Partial<CheckedPage> = {},
  site: Partial<CheckedSite> = {},
): InstallFinding[] {
  const url = page.url ?? "https://shop.example/";
  const origin = new URL(url).origin;
  return checkPage(
    { url, origin, html, policies: [], collectOrigin: COLLECT, ...page },
    { ...SITE, ...site },
  );
}

const codes = (findings: readonly InstallFinding[]) => findings.map(({ code }) => code);
const page = (head: string) => `<!doctype html><html><head>${head}</head><body><p>Hello</p></body></html>`;

describe("a page that carries the snippet as it is", () => {
  test.each([
    ["in the head", page(SNIPPET)],
    [
      "with single quotes and other order",
      page(
        `<SCRIPT data-identity='first-party' data-site='${KEY}' src='${COLLECT}/attribution.js' defer></SCRIPT>`,
      ),
    ],
    ["with a version behind it", page(SNIPPET.replace("attribution.js", "attribution.js?v=2"))],
    ["without a scheme", page(SNIPPET.replace("https:", ""))],
    [
      "written by a script, as a tag manager would",
      page(
        `<script>var s=document.createElement('script');s.setAttribute('src','${COLLECT}/attribution.js');s.setAttribute('data-site','${KEY}');s.setAttribute('data-identity','first-party');document.head.appendChild(s);</script>`,
      ),
    ],
    [
      "through a folder of the site's own",
      page(
        `<script defer src="/wm/attribution.js" data-endpoint="/wm/" data-site="${KEY}" data-identity="first-party"></script>`,
      ),
    ],
    ["next to a quote that is never closed", page(SNIPPET) + `<script src="`],
  ])("is installed: %s", (_, html) => {
    expect(codes(check(html))).toEqual(["installed"]);
  });
});

describe("what is named, and what mends it", () => {
  test.each<[string, string, Partial<InstallFinding>]>([
    ["no snippet at all", page(""), { code: "snippet_missing", level: "blocks", fix: SNIPPET }],
    ["a snippet that is commented out", page(`<!-- ${SNIPPET} -->`), { code: "snippet_missing" }],
    [
      "a snippet that is only shown",
      page(`<pre>&lt;script src="${COLLECT}/attribution.js"&gt;</pre>`),
      { code: "snippet_missing" },
    ],
    [
      "another site's key",
      page(SNIPPET.replace(KEY, "wms_other")),
      { code: "wrong_key", level: "blocks", found: "wms_other", expected: KEY, fix: SNIPPET },
    ],
    [
      "no key",
      page(SNIPPET.replace(`data-site="${KEY}" `, "")),
      { code: "key_missing", level: "blocks", expected: KEY },
    ],
    ["an empty key", page(SNIPPET.replace(KEY, "")), { code: "key_missing", level: "blocks" }],
    [
      "another installation's script",
      page(SNIPPET.replace(COLLECT, "https://old.example")),
      {
        code: "foreign_endpoint",
        level: "blocks",
        found: "https://old.example/attribution.js",
        expected: COLLECT,
      },
    ],
    [
      "a tag manager and nothing in the source",
      page(`<script>(function(w){w.src='https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD'})()</script>`),
      { code: "tag_manager", level: "hint", found: "GTM-AB12CD" },
    ],
  ])("%s", (_, html, expected) => {
    const findings = check(html);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject(expected);
  });

  test.each<[string, Partial<CheckedSite>, string, string[]]>([
    [
      "an origin that is not on the list",
      { origins: ["https://www.shop.example"] },
      SNIPPET,
      ["origin_not_allowed"],
    ],
    ["a site that is told to be silent", { silent: true }, SNIPPET, ["silenced"]],
    ["a snippet that stands there twice", {}, SNIPPET + SNIPPET, ["installed", "snippet_twice"]],
    ["an old choice of identity", { identity: "cookieless" }, SNIPPET, ["installed", "identity_differs"]],
    [
      "consent asked by the site, not by the snippet",
      { consentRequired: true },
      `${SNIPPET}<script>waymark('consent', 'granted')</script>`,
      ["installed", "consent_differs"],
    ],
    [
      "consent asked, and never told",
      { consentRequired: true },
      SNIPPET.replace("></", ' data-consent="required"></'),
      ["installed", "consent_call_missing"],
    ],
  ])("%s", (...row) => {
    const [, site, head, expected] = row;
    expect(codes(check(page(head), {}, site))).toEqual(expected);
  });

  test("an allowed origin is not spoken of", () => {
    const site = { origins: ["https://*.shop.example", "https://shop.example"] };
    expect(codes(check(page(SNIPPET), {}, site))).toEqual(["installed"]);
  });
});

describe("a content security policy", () => {
  test.each<[string, string, string[]]>([
    ["that names the origin", `script-src 'self' ${COLLECT}; connect-src ${COLLECT}`, []],
    ["that names nothing of the kind", "img-src 'self'", []],
    ["with a star", "default-src *", []],
    ["with a scheme", "default-src https:", []],
    ["with a wildcard host", "script-src https://*.waymark.example; connect-src *.waymark.example", []],
    ["with the file itself", `script-src ${COLLECT}/attribution.js; connect-src ${COLLECT}/e`, []],
    ["with another port", `script-src ${COLLECT}:8443; connect-src *`, ["policy_blocks_script"]],
    ["of the site only", "default-src 'self'", ["policy_blocks_script", "policy_blocks_sending"]],
    ["of nothing", "script-src 'none'; connect-src *", ["policy_blocks_script"]],
    ["for sending only", `script-src *; connect-src 'self'`, ["policy_blocks_sending"]],
    ["whose element directive decides", `script-src 'self'; script-src-elem ${COLLECT}; connect-src *`, []],
    [
      "with strict-dynamic and no nonce",
      `script-src 'strict-dynamic' https:; connect-src *`,
      ["policy_blocks_script"],
    ],
    ["one of two", `script-src *; connect-src *, script-src 'self'`, ["policy_blocks_script"]],
  ])("%s", (_, policy, blocked) => {
    const expected = blocked.length === 0 ? ["installed"] : blocked;
    expect(codes(check(page(SNIPPET), { policies: [policy] }))).toEqual(expected);
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    expect(codes(check(page(meta + SNIPPET)))).toEqual(expected);
  });

  test("lets through the nonce that the tag carries, and no other", () => {
    const policies = ["script-src 'nonce-R4nd0m' 'strict-dynamic'; connect-src *"];
    const withNonce = (nonce: string) => page(SNIPPET.replace("<script", `<script nonce="${nonce}"`));
    expect(codes(check(withNonce("R4nd0m"), { policies }))).toEqual(["installed"]);
    expect(codes(check(withNonce("other"), { policies }))).toEqual(["policy_blocks_script"]);
  });

  test("is given back with our origin added, under a name of its own where only the default forbids", () => {
    const policies = ["default-src 'none'; script-src 'self' https://cdn.example"];
    const findings = check(page(SNIPPET), { policies });
    expect(findings).toMatchObject([
      {
        found: "script-src 'self' https://cdn.example",
        fix: `script-src 'self' https://cdn.example ${COLLECT}`,
      },
      { found: "default-src 'none'", fix: `connect-src ${COLLECT}` },
    ]);
  });
});

test.each(["<script '", "<!--", "<script a=", "<script>"])(
  "reads a page of nothing but %s in one pass",
  (tag) => {
    const html = tag.repeat(60_000);
    const once = shortestMs(() => lettersOf(html));
    // Some ten times what it takes to look at each letter; a second scan for each tag would take thousands.
    expect(shortestMs(() => check(html)) / once).toBeLessThan(300);
  },
);

function lettersOf(html: string): number {
  let sum = 0;
  for (let at = 0; at < html.length; at += 1) sum += html.charCodeAt(at);
  return sum;
}

function shortestMs(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return Math.min(...times);
}
