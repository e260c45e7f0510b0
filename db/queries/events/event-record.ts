import { sql, type SQL } from "drizzle-orm";

import { EVENT_FLAGS } from "#core/events/event-flags.ts";
import type { SourceTuple } from "#core/sources/source-tuple.ts";

/** An event with its dictionaries read out. A bot's has a reason, and no visitor, value or names. */
export type EventRecord = {
  eventId: string;
  occurredAtMs: number;
  receivedAtMs: number;
  type: number;
  name: string | null;
  visitorId: string | null;
  valueMinor: number | null;
  currency: string | null;
  orderId: string | null;
  promoCode: string | null;
  isTest: boolean;
  props: Record<string, string | number | boolean | null> | null;
  botReason: string | null;
  country: string | null;
  source: SourceTuple | null;
  channel: string | null;
  campaignPublicId: string | null;
  campaignName: string | null;
  pageHost: string | null;
  pagePath: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
};

const MS = 1000;

/** Columns of `EventRecord` that both tables have, over the aliases `p` (event), `d`, `k`, `g` and `a` (dictionaries). */
export const sharedEventColumns: SQL = sql`
  p.event_id as "eventId", extract(epoch from p.occurred_at)::float8 * ${sql.raw(String(MS))} as "occurredAtMs",
  extract(epoch from p.received_at)::float8 * ${sql.raw(String(MS))} as "receivedAtMs", p.type, p.country,
  case when d.id is not null then json_build_object('utmSource', d.utm_source, 'utmMedium', d.utm_medium,
    'utmCampaign', d.utm_campaign, 'utmContent', d.utm_content, 'utmTerm', d.utm_term, 'clickIdKind', d.click_id_kind,
    'referrerHost', d.referrer_host, 'linkSlug', d.link_slug, 'promoCode', d.promo_code,
    'namedCampaign', d.named_campaign, 'namedChannel', d.named_channel) end as source,
  d.channel, k.public_id as "campaignPublicId", k.name as "campaignName", g.host as "pageHost", g.path as "pagePath",
  a.browser, a.os, a.device`;

/** Columns of stored events only. A value is within ±2^53 (decisions 25), so that a double holds it exactly. */
export const storedEventColumns: SQL = sql`
  p.name, p.visitor_id as "visitorId", p.value_minor::float8 as "valueMinor", p.currency, p.order_id as "orderId",
  p.promo_code as "promoCode", p.flags & ${sql.raw(String(EVENT_FLAGS.test))} <> 0 as "isTest", p.props,
  null::text as "botReason"`;

/** The same columns of a bot's event. */
export const botEventColumns: SQL = sql`
  null::text as name, null::uuid as "visitorId", null::float8 as "valueMinor", null::text as currency,
  null::text as "orderId", null::text as "promoCode", false as "isTest", null::jsonb as props, p.reason as "botReason"`;

/** Joins of the dictionaries, for an event `p` that came from the source `p.from_source`. */
export const dictionaryJoins: SQL = sql`
  left join site.sources d on d.id = p.from_source
  left join site.campaigns k on k.id = d.campaign_id
  left join site.pages g on g.id = p.page_id
  left join site.agents a on a.id = p.agent_id`;
