import type { TestSite } from "./sites.ts";

/** What the edge knows of a test's site: it takes events of shop.example, without cookies. */
export function edgeSite({ siteId, siteKey }: TestSite): object {
  return {
    siteId,
    siteKey,
    database: "main",
    origins: ["https://shop.example"],
    currency: "EUR",
    identity: "cookieless",
    consentRequired: false,
    withoutConsent: "cookieless",
    honourGpc: true,
    honourDnt: false,
    identifyKey: "0b".repeat(32),
    silent: false,
  };
}
