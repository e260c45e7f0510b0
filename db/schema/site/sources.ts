import { index, integer, text, unique } from "drizzle-orm/pg-core";

import { site } from "./site-schema.ts";

/**
 * Dictionary of where contacts came from: the raw tuple, and what it means now (channel, campaign). A changed matcher
 * rewrites these rows, never events (decisions 3).
 */
export const sources = site.table(
  "sources",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    /** 128-bit hash of the raw tuple, hex. */
    fingerprint: text("fingerprint").notNull(),
    utmSource: text("utm_source"),
    utmMedium: text("utm_medium"),
    utmCampaign: text("utm_campaign"),
    utmContent: text("utm_content"),
    utmTerm: text("utm_term"),
    clickIdKind: text("click_id_kind"),
    referrerHost: text("referrer_host"),
    linkSlug: text("link_slug"),
    promoCode: text("promo_code"),
    /** The same without the promo code, by which sessions are told apart; null where there is none. */
    plainId: integer("plain_id"),
    /** As named by the sender: a campaign id or name, a channel code. */
    namedCampaign: text("named_campaign"),
    namedChannel: text("named_channel"),
    channel: text("channel").notNull(),
    campaignId: integer("campaign_id"),
    matcherVersion: integer("matcher_version").notNull(),
  },
  (t) => [
    unique("sources_fingerprint_key").on(t.siteId, t.fingerprint),
    index("sources_matcher_version_idx").on(t.siteId, t.matcherVersion),
    index("sources_campaign_idx").on(t.siteId, t.campaignId),
  ],
);
