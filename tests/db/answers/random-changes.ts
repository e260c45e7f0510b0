import { sql } from "drizzle-orm";
import fc from "fast-check";

import { addDays } from "#core/time/site-day.ts";
import type { Database } from "#db/database.ts";
import { keyPrincipal, testDeps, valueOf, type TestDeps } from "#tests/db/campaigns/campaign-deps.ts";
import {
  NOW,
  RANGE,
  siteStory,
  tellSite,
  type StoryOf,
  type ToldSite,
} from "#tests/db/reports/random-account.ts";
import type { KeyPrincipal } from "#usecases/accounts/principal.ts";
import { archiveCampaign } from "#usecases/campaigns/archive-campaign.ts";
import { createCampaign } from "#usecases/campaigns/create-campaign.ts";
import { putSpend } from "#usecases/campaigns/put-spend.ts";
import { updateCampaign } from "#usecases/campaigns/update-campaign.ts";
import { rollUpStaleDays } from "#usecases/rollups/roll-up-stale-days.ts";
import { rollUpStaleHours } from "#usecases/rollups/roll-up-stale-hours.ts";
import { rebuildZones } from "#usecases/sites/rebuild-zones.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { updateSite } from "#usecases/sites/update-site.ts";
import { rematchWaitingSites } from "#usecases/sources/rematch-waiting-sites.ts";
import { putRates } from "#usecases/spend/put-rates.ts";
import { writeDeal } from "#usecases/spend/write-deal.ts";
import { eraseVisitor } from "#usecases/visitors/erase-visitor.ts";

const aCampaign = fc.integer({ min: 0, max: 3 });
const cents = fc.integer({ min: 0, max: 50_000 });
const daysAgo = fc.integer({ min: 0, max: 7 });

/** One thing that somebody, or a cron, does. */
export const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("events" as const), story: siteStory }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("hours", "days" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("rematch" as const) }) },
  fc.record({ kind: fc.constant("matchers" as const), campaign: aCampaign }),
  fc.record({ kind: fc.constant("new-campaign" as const), number: fc.integer({ min: 0, max: 99_999 }) }),
  fc.record({ kind: fc.constantFrom("archive", "rename" as const), campaign: aCampaign }),
  fc.record({ kind: fc.constantFrom("spend", "deal" as const), campaign: aCampaign, daysAgo, cents }),
  fc.record({ kind: fc.constant("rate" as const), rate: fc.constantFrom("1.1", "1.25", "0.98"), daysAgo }),
  fc.record({ kind: fc.constant("margin" as const), percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant("zone" as const), zone: fc.constantFrom("Asia/Kolkata", "Europe/Berlin") }),
  fc.record({ kind: fc.constant("erase" as const), nth: fc.integer({ min: 0, max: 9 }) }),
);
export type Change = StoryOf<typeof change>;

export type Shop = { db: Database; told: ToldSite; site: () => Promise<SiteRef> };

/** Does it by the use case that does it in the product. */
export async function make(shop: Shop, done: Change): Promise<void> {
  const deps = testDeps(shop.db, new Date(NOW));
  const principal = keyPrincipal(shop.told);
  if ("campaign" in done) {
    const campaignId = nth(shop.told.campaigns, done.campaign).publicId;
    // Of one that is archived something may be refused: then nothing has changed.
    return void (await changeCampaign({ deps, principal, campaignId }, done));
  }
  if ("rate" in done) {
    const rates = [{ currency: "USD", day: addDays(RANGE.to, -done.daysAgo), rate: done.rate }];
    return void valueOf(await putRates(deps, { principal, request: { rates } }));
  }
  if ("number" in done) {
    const request = { name: `new ${done.number} ${deps.ids.word(4)}`, channel: "email" } as const;
    return void valueOf(await createCampaign(deps, { principal, site: await shop.site(), request }));
  }
  if ("nth" in done) return await eraseNth(shop, done.nth);
  await changeSite(shop, done);
}

type OfSite = Exclude<Change, { campaign: number } | { rate: string } | { number: number } | { nth: number }>;

async function changeSite({ db, told, site }: Shop, done: OfSite): Promise<void> {
  const deps = testDeps(db, new Date(NOW));
  switch (done.kind) {
    case "events":
      return await tellSite(db, told, { ...done.story, spend: [] });
    case "hours":
      return void (await rollUpStaleHours({ db }));
    case "days":
      return void (await rollUpStaleDays({ db }));
    case "rematch":
      return await rematchWaitingSites(deps);
    case "margin":
    case "zone": {
      const request = done.kind === "zone" ? { timeZone: done.zone } : { marginPercent: done.percent };
      valueOf(await updateSite(deps, { principal: keyPrincipal(told), site: await site(), request }));
      return await rebuildZones(deps);
    }
  }
}

type Told = { deps: TestDeps; principal: KeyPrincipal; campaignId: string };

async function changeCampaign(
  { deps, ...told }: Told,
  done: Extract<Change, { campaign: number }>,
): Promise<unknown> {
  switch (done.kind) {
    case "matchers": {
      // Its contacts are no campaign's any more.
      const request = { matchers: [{ kind: "utm_campaign" as const, value: deps.ids.word(8) }] };
      return await updateCampaign(deps, { ...told, request });
    }
    case "archive":
      return await archiveCampaign(deps, told);
    case "rename":
      return await updateCampaign(deps, { ...told, request: { name: `named ${deps.ids.word(6)}` } });
    case "spend": {
      const rows = [{ day: addDays(RANGE.to, -done.daysAgo), amountMinor: done.cents, currency: "USD" }];
      return await putSpend(deps, { ...told, request: { rows } });
    }
    case "deal": {
      const startsOn = addDays(RANGE.to, -done.daysAgo);
      const request = { kind: "cpa" as const, startsOn, amountMinor: done.cents };
      return await writeDeal(deps, { ...told, dealId: null, request });
    }
  }
}

async function eraseNth({ db, told, site }: Shop, place: number): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select visitor_id as id from site.visitors where site_id = ${told.siteId} order by 1 limit 1 offset ${place}`);
  const [visitor] = rows;
  if (visitor === undefined) return;
  const asked = { principal: keyPrincipal(told), site: await site(), visitorId: visitor.id };
  valueOf(await eraseVisitor(testDeps(db, new Date(NOW)), asked));
}

function nth<T>(list: readonly T[], place: number): T {
  const found = list[place % list.length];
  if (found === undefined) throw new RangeError("The site has no campaign");
  return found;
}
