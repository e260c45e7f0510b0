import { sql } from "drizzle-orm";
import fc from "fast-check";
import type { AttributionQuestion } from "#usecases/attribution/attribution-question.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { ledgerHours } from "#db/queries/ledger/ledger-hours.ts";
import { systemIds } from "#platform/ids.ts";
import {
  type accountStory,
  NOW,
  RANGE,
  siteStory,
  type StoryOf,
  tellAccount,
  type ToldSite,
} from "#tests/db/reports/random-account.ts";
import { getSiteAnalytics } from "#usecases/analytics/get-site-analytics.ts";
import { getAttribution } from "#usecases/attribution/get-attribution.ts";

const SEED = 20_261_128;

export type BusyAccount = { accountId: number; publicId: string; sites: ToldSite[]; email: string };

/** An account of two sites with visits, orders, refunds and spend in three currencies, and a member who owns it. */
export async function createBusyAccount(db: Database): Promise<BusyAccount> {
  const [story] = fc.sample(fc.record({ first: siteStory, second: siteStory }, { noNullPrototype: true }), {
    numRuns: 1,
    seed: SEED,
  });
  if (story === undefined) throw new Error("there is no story");
  const told: StoryOf<typeof accountStory> = {
    sites: [
      [story.first, "EUR"],
      [story.second, "USD"],
    ],
    rate: "1.0843",
  };
  const { accountId, sites } = await tellAccount(db, told);
  const email = `owner-${systemIds.word(8)}@shop.example`;
  await db.execute(sql`update control.site_directory set account_id = ${accountId}
    where site_id in (${sql.join(
      sites.map(({ siteId }) => siteId),
      sql`, `,
    )})`);
  await db.execute(sql`
    with owner as (
      insert into control.users (public_id, email, name, password_hash, is_superadmin, created_at)
      values (${systemIds.publicId("usr", new Date())}, ${email}, 'Owner', 'x', true, now()) returning id)
    insert into control.members (account_id, user_id, role, created_at)
    select ${accountId}, id, 'owner', now() from owner`);
  const { rows } = await db.execute<{ publicId: string }>(
    sql`select public_id as "publicId" from control.accounts where id = ${accountId}`,
  );
  return { accountId, publicId: rows[0]?.publicId ?? "", sites, email };
}

/** What the screens say of an account's sites: figures, the ledger, credit by every model. */
export async function figuresOf(db: Database, sites: readonly ToldSite[]): Promise<unknown[]> {
  const deps = {
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => new Date(NOW) },
    workQueue: { send: async () => await Promise.resolve(), sendAll: async () => await Promise.resolve() },
  };
  const figures: unknown[] = [];
  for (const { siteId, publicId } of sites) {
    const site = { siteId, publicId, database: "main" };
    const range = { ...RANGE, lookbackDays: 30, direct: "keep" } as const;
    figures.push(
      await getSiteAnalytics(deps, { ...range, compare: "none", site, model: "linear" }),
      await getAttribution(deps, { ...QUESTION, site }),
      await ledgerHours(db, { siteId, fromIso: `${RANGE.from}T00:00Z`, toIso: "2100-01-01T00:00Z" }),
    );
  }
  return figures;
}

const QUESTION: AttributionQuestion = {
  ...RANGE,
  by: "campaign",
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
};
