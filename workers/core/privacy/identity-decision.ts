/** What a site wants, as far as privacy goes. */
export type SitePrivacy = {
  identity: "first-party" | "cookieless";
  consentRequired: boolean;
  withoutConsent: "cookieless" | "drop";
  honourGpc: boolean;
  honourDnt: boolean;
};

/** What the visitor's browser says. */
export type PrivacySignals = {
  /** `Sec-GPC: 1` */
  hasGpc: boolean;
  /** `DNT: 1` */
  hasDnt: boolean;
  consent: "granted" | "denied" | undefined;
};

export type IdentityDecision = "first-party" | "cookieless" | "drop";

/**
 * How the visitor of a request may be known (decisions 14): by the id sent, by the day's hash only, or not at all.
 * An objection – GPC, DNT where honoured, consent denied, or absent where required – overrides the site's mode.
 */
export function decideIdentity(site: SitePrivacy, signals: PrivacySignals): IdentityDecision {
  if (isObjection(site, signals)) return site.withoutConsent;
  return site.identity;
}

/** Whether the visitor has said no: by GPC, by DNT where it is honoured, or to the site's question. */
export function isRefusal(site: SitePrivacy, signals: PrivacySignals): boolean {
  if (site.honourGpc && signals.hasGpc) return true;
  if (site.honourDnt && signals.hasDnt) return true;
  return signals.consent === "denied";
}

function isObjection(site: SitePrivacy, signals: PrivacySignals): boolean {
  return isRefusal(site, signals) || (site.consentRequired && signals.consent !== "granted");
}
