import type { CheckedPage } from "./checked-page.ts";
import {
  CONNECT_DIRECTIVES,
  readPolicies,
  refusedBy,
  SCRIPT_DIRECTIVES,
  type PolicyQuestion,
  type Refusal,
} from "./content-policy.ts";
import type { Snippet } from "./find-snippets.ts";
import type { HtmlTag } from "./html-tags.ts";
import { finding, type InstallCode, type InstallFinding } from "./install-finding.ts";

type Input = { tags: readonly HtmlTag[]; snippet: Snippet; page: CheckedPage };

/** Whether a content security policy of the page keeps the script from loading or the events from leaving. */
export function checkPolicies({ tags, snippet, page }: Input): InstallFinding[] {
  const texts = [...page.policies, ...metaPolicies(tags)];
  const policies = texts.flatMap((text) => readPolicies(text));
  const script = absolute(snippet.src ?? `${page.collectOrigin}/attribution.js`, page);
  const base = absolute(snippet.endpoint ?? "/", { ...page, url: script, origin: originPart(script) });
  const ask = (directives: readonly string[], question: PolicyQuestion): Refusal | null => {
    for (const policy of policies) {
      const refusal = refusedBy(policy, directives, question);
      if (refusal !== null) return refusal;
    }
    return null;
  };
  const byScript = ask(SCRIPT_DIRECTIVES, { pageOrigin: page.origin, url: script, nonce: snippet.nonce });
  const bySending = ask(CONNECT_DIRECTIVES, { pageOrigin: page.origin, url: `${base.replace(/\/$/, "")}/e` });
  return [
    ...told("policy_blocks_script", byScript, { directive: "script-src", origin: originPart(script) }),
    ...told("policy_blocks_sending", bySending, { directive: "connect-src", origin: originPart(base) }),
  ];
}

function metaPolicies(tags: readonly HtmlTag[]): string[] {
  return tags
    .filter(
      ({ name, attributes }) =>
        name === "meta" && attributes.get("http-equiv")?.toLowerCase() === "content-security-policy",
    )
    .map(({ attributes }) => attributes.get("content") ?? "");
}

type Wanted = { directive: string; origin: string };

/** The line to put in the policy's place: the directive as it is, with our origin added. */
function told(code: InstallCode, refusal: Refusal | null, { directive, origin }: Wanted): InstallFinding[] {
  if (refusal === null) return [];
  const sources = refusal.sources.filter((source) => source.toLowerCase() !== "'none'");
  // `default-src` stays as narrow as it is; a directive of its own takes its place for this one purpose.
  const name = refusal.directive === "default-src" ? directive : refusal.directive;
  return [
    finding(code, "blocks", {
      found: [refusal.directive, ...refusal.sources].join(" "),
      expected: origin,
      fix: [name, ...sources, origin].join(" "),
    }),
  ];
}

function absolute(src: string, { url, origin }: Pick<CheckedPage, "url" | "origin">): string {
  if (/^https?:\/\//i.test(src)) return src;
  if (src.startsWith("//")) return `${url.slice(0, url.indexOf("//"))}${src}`;
  return `${origin}${src.startsWith("/") ? src : `/${src}`}`;
}

function originPart(url: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? url;
}
