import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";

import type { Channel } from "#core/channels/channel.ts";
import type { Database } from "#db/database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";

/** See tests/golden/README.md for what the files hold and mean. */

/** What a model must make of the golden events. Campaign "" is a touch outside every campaign. */
export type Expectation = {
  model: string;
  lookback_days: number;
  reset_at_conversion: boolean;
  direct: "keep" | "exclude_unless_only";
  total_conversions: number;
  total_revenue_cents: number;
  unattributed_conversions: number;
  unattributed_revenue_cents: number;
  channel_conversions: Record<string, number>;
  channel_revenue_cents: Record<string, number>;
  campaign_conversions: Record<string, number>;
  campaign_revenue_cents_int: Record<string, number>;
  campaign_kpis: Record<
    string,
    { spend_cents: number; roas: number | null; roi: number | null; cpa_cents: number | null }
  >;
};

const FOLDER = new URL("../../golden/", import.meta.url);

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

function rowsOf(name: string): string[][] {
  const [, ...lines] = read(name).trim().split("\n");
  return lines.map((line) => line.trim().split(","));
}

export function readExpectations(): Expectation[] {
  return JSON.parse(read("expected_rules.json")) as Expectation[];
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  direct: "direct",
  display: "display",
  email: "email",
  organic: "organic-search",
  paid_search: "paid-search",
  paid_social: "paid-social",
};

/** A channel of the files by our code for it. */
export function channelCode(name: string): Channel {
  const channel = CHANNELS[name];
  if (!channel) throw new Error(`No channel is called ${name}`);
  return channel;
}

/** An id whose bytes sort as the file's numbers do: ties in time go by it. */
function uuid(kind: "touch" | "conversion" | "visitor", number: string): string {
  const prefix = { touch: "1", conversion: "2", visitor: "3" }[kind];
  return `0000000${prefix}-0000-7000-8000-${Number(number).toString(16).padStart(12, "0")}`;
}

export type GoldenSite = { site: TestSite; campaignNames: ReadonlyMap<number | null, string> };

/** A site with the golden touchpoints and conversions straight in their tables, in no particular order. */
export async function createGoldenSite(db: Database): Promise<GoldenSite> {
  const site = await createSite(db, { timeZone: "America/New_York" });
  const touches = rowsOf("touchpoints.csv");
  const campaignNames = new Map<number | null, string>([[null, ""]]);
  const campaignIds = new Map<string, number>();
  for (const name of new Set(touches.flatMap(([, , , , campaign]) => campaign || []))) {
    // oxlint-disable-next-line no-await-in-loop
    const id = await createCampaign(db, site, { name });
    campaignNames.set(id, name);
    campaignIds.set(name, id);
  }
  const sources = await insertSources(db, { site, touches, campaignIds });
  await insertTouchpoints(db, { site, touches, sources });
  await insertConversions(db, site);
  return { site, campaignNames };
}

type Filling = { site: TestSite; touches: string[][] };

async function insertSources(
  db: Database,
  { site, touches, campaignIds }: Filling & { campaignIds: ReadonlyMap<string, number> },
): Promise<ReadonlyMap<string, number>> {
  const sources = [...new Set(touches.map(sourceName))].map((name) => {
    const [channel = "", campaign = ""] = name.split("/");
    return { name, channel: channelCode(channel), campaign: campaignIds.get(campaign) ?? null };
  });
  const { rows } = await db.execute<{ id: number; fingerprint: string }>(sql`
    insert into site.sources (site_id, fingerprint, channel, campaign_id, matcher_version)
    select ${site.siteId}, name, channel, campaign, 1
    from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as s (name text, channel text, campaign int)
    returning id, fingerprint`);
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
}

function sourceName([, , , channel, campaign]: string[]): string {
  return `${channel}/${campaign}`;
}

async function insertTouchpoints(
  db: Database,
  { site, touches, sources }: Filling & { sources: ReadonlyMap<string, number> },
): Promise<void> {
  const rows = touches.map((touch) => {
    const [id = "", visitor = "", at = ""] = touch;
    return {
      id: uuid("touch", id),
      visitor: uuid("visitor", visitor),
      at: new Date(Number(at)).toISOString(),
      source: sources.get(sourceName(touch)),
    };
  });
  await db.execute(sql`
    insert into site.touchpoints (site_id, touchpoint_id, rank, visitor_id, at, source_id, event_id, event_at)
    select ${site.siteId}, id, 0, visitor, at, source, id, at
    from jsonb_to_recordset(${JSON.stringify(rows.toReversed())}::jsonb)
      as t (id uuid, visitor uuid, at timestamptz, source int)`);
}

async function insertConversions(db: Database, site: TestSite): Promise<void> {
  const rows = rowsOf("conversions.csv").map(([id = "", visitor = "", at = "", cents = ""]) => ({
    id: uuid("conversion", id),
    visitor: uuid("visitor", visitor),
    at: new Date(Number(at)).toISOString(),
    cents: Number(cents),
  }));
  await db.execute(sql`
    insert into site.conversions (site_id, conversion_id, visitor_id, at, type, value_minor, currency, promo_codes,
      is_test, copies)
    select ${site.siteId}, id, visitor, at, 'purchase', cents, 'EUR', '{}', false, 1
    from jsonb_to_recordset(${JSON.stringify(rows.toReversed())}::jsonb)
      as c (id uuid, visitor uuid, at timestamptz, cents bigint)`);
}
