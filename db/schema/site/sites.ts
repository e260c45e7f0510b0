import { sql } from "drizzle-orm";
import { boolean, check, date, doublePrecision, index, integer, text, unique } from "drizzle-orm/pg-core";

import { instant } from "#db/schema/columns.ts";
import { site } from "./site-schema.ts";

export const sites = site.table(
  "sites",
  {
    /** `control.site_directory.site_id`. */
    id: integer("id").primaryKey(),
    accountId: integer("account_id").notNull(),
    publicId: text("public_id").notNull(),
    siteKey: text("site_key").notNull(),
    name: text("name").notNull(),
    domain: text("domain").notNull(),
    /** Origins that may send; empty allows all. */
    origins: text("origins").array().notNull(),
    /** Hosts that never open a touchpoint: the site's own, beside the built-in payment and login providers. */
    ownDomains: text("own_domains").array().notNull(),
    timeZone: text("time_zone").notNull(),
    currency: text("currency").notNull(),
    identity: text("identity", { enum: ["first-party", "cookieless"] }).notNull(),
    consentRequired: boolean("consent_required").notNull(),
    withoutConsent: text("without_consent", { enum: ["cookieless", "drop"] }).notNull(),
    honourGpc: boolean("honour_gpc").notNull(),
    honourDnt: boolean("honour_dnt").notNull(),
    identifyKey: text("identify_key").notNull(),
    silent: boolean("silent").notNull().default(false),
    /** Raised by each change of a matcher; `sources.matcher_version` says which one a source was matched with. */
    matcherVersion: integer("matcher_version").notNull().default(1),
    /** Raised by each change of a spend row, a deal or a margin. */
    spendVersion: integer("spend_version").notNull().default(1),
    /** What is left of revenue after the cost of goods, per cent; null when nobody said. */
    marginPercent: doublePrecision("margin_percent"),
    createdAt: instant("created_at").notNull(),
    firstEventAt: instant("first_event_at"),
    /** Nothing that occurred earlier changes any more: late events are refused, matchers and zones do not reach it. */
    sealedBefore: instant("sealed_before"),
    /** What occurred earlier may have lost its raw events: hours before are never rolled up again. */
    rawSince: instant("raw_since"),
    /** The day that began then, by the zone of then: days before are never counted again. */
    rawDay: date("raw_day", { mode: "string" }),
    /** Touchpoints before this have been looked through for those that no conversion can need. */
    journeysSince: instant("journeys_since"),
  },
  (t) => [
    unique("sites_public_id_key").on(t.publicId),
    unique("sites_site_key_key").on(t.siteKey),
    index("sites_account_idx").on(t.accountId),
    check("sites_identity_check", sql`${t.identity} in ('first-party', 'cookieless')`),
    check("sites_margin_check", sql`${t.marginPercent} > 0 and ${t.marginPercent} <= 100`),
    check("sites_without_consent_check", sql`${t.withoutConsent} in ('cookieless', 'drop')`),
  ],
);
