import type { Site } from "#contract/sites.ts";
import type { SiteRecord } from "#db/queries/sites/site-record.ts";
import type { Settings } from "#usecases/deps.ts";

/** A stored site as the API shows it: never the key that customer keys are hashed with. */
export function showSite(record: SiteRecord, settings: Settings): Site {
  return {
    id: record.publicId,
    key: record.siteKey,
    name: record.name,
    domain: record.domain,
    timeZone: record.timeZone,
    currency: record.currency,
    identity: record.identity,
    consentRequired: record.consentRequired,
    withoutConsent: record.withoutConsent,
    honourGpc: record.honourGpc,
    honourDnt: record.honourDnt,
    origins: record.origins,
    ownDomains: record.ownDomains,
    silent: record.silent,
    marginPercent: record.marginPercent,
    snippet: snippetOf(record, settings.collectOrigin),
    createdAt: record.createdAt.toISOString(),
    firstEventAt: record.firstEventAt?.toISOString() ?? null,
    lastEventAt: record.lastEventAt?.toISOString() ?? null,
  };
}

type SnippetFacts = Pick<SiteRecord, "siteKey" | "identity" | "consentRequired">;

/** The line of HTML to paste. Key and origin are ours: neither can break out of its quotes. */
export function snippetOf(
  { siteKey, identity, consentRequired }: SnippetFacts,
  collectOrigin: string,
): string {
  const attributes = [
    `src="${collectOrigin}/attribution.js"`,
    `data-site="${siteKey}"`,
    ...(identity === "first-party" ? ['data-identity="first-party"'] : []),
    ...(consentRequired ? ['data-consent="required"'] : []),
  ];
  return `<script defer ${attributes.join(" ")}></script>`;
}
