import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";

import type { AttributionReady } from "#contract/attribution.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { addLargeDay } from "#tests/support/large-day.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { type Asker, createAsker, createSmallShop } from "./asker.ts";

const MINUTE = 60_000;
const { db } = await createDatabase();
let asker: Asker;

beforeEach(() => {
  asker = createAsker(db);
});

async function change(site: TestSite, day: string): Promise<void> {
  await db.execute(sql`
    insert into site.data_versions as v (site_id, day, version) values (${site.siteId}, ${day}::date, 1)
    on conflict (site_id, day) do update set version = v.version + 1`);
}

async function removeContacts(site: TestSite): Promise<void> {
  await db.execute(sql`delete from site.touchpoints where site_id = ${site.siteId}`);
}

const unattributedOf = ({ rows }: AttributionReady) =>
  rows.find(({ kind }) => kind === "unattributed")?.credits.linear?.conversions ?? 0;

describe("a kept answer", () => {
  it("is given again while nothing that it was made of has changed", async () => {
    const site = await createSmallShop(db);
    const first = await asker.readyOf(site, { by: "channel" });
    await removeContacts(site);

    expect((await asker.readyOf(site, { by: "channel" })).rows).toEqual(first.rows);
    expect(unattributedOf(await asker.readyOf(site, { by: "campaign" }))).toBe(3);
  });

  it.each([
    ["a day of the range", "2025-05-31"],
    ["a day of the lookback before it", "2024-12-05"],
  ])("is worked out anew once something came in on %s", async (_, day) => {
    const site = await createSmallShop(db);
    await asker.readyOf(site);
    await removeContacts(site);
    await change(site, day);

    expect(unattributedOf(await asker.readyOf(site))).toBe(3);
  });

  it("stays where something came in on a day that cannot reach it", async () => {
    const site = await createSmallShop(db);
    await asker.readyOf(site);
    await removeContacts(site);
    await change(site, "2024-11-01");
    await change(site, "2025-06-01");

    expect(unattributedOf(await asker.readyOf(site))).toBe(0);
  });

  it("reaches back to the conversion of a refund, however old", async () => {
    const site = await createSmallShop(db);
    await db.execute(sql`
      insert into site.refunds (site_id, refund_id, at, order_id)
      values (${site.siteId}, gen_random_uuid(), '2025-05-10T10:00Z', 'A')`);
    const asked = { from: "2025-05-01", to: "2025-05-31", options: { ...DEFAULT_OPTIONS, lookbackDays: 7 } };
    const before = await asker.readyOf(site, asked);
    expect(before.totals).toMatchObject({ conversions: 0, revenueMinor: -1001 });
    await removeContacts(site);
    await change(site, "2025-03-01");

    const after = await asker.readyOf(site, asked);
    expect(before.totals.rules.unattributed.revenueMinor).toBe(0);
    expect(after.totals.rules.unattributed.revenueMinor).toBe(-1001);
  });

  it("reaches back to the first day where new customers are told from returning ones", async () => {
    const site = await createSmallShop(db);
    await asker.readyOf(site, { customer: "new" });
    await removeContacts(site);
    await change(site, "2020-01-01");

    expect(unattributedOf(await asker.readyOf(site, { customer: "new" }))).toBe(1);
  });

  it("is worked out anew once matchers changed, and not kept while sources wait for them", async () => {
    const site = await createSmallShop(db);
    await asker.readyOf(site);
    await removeContacts(site);
    await db.execute(sql`update site.sites set matcher_version = 2 where id = ${site.siteId}`);
    expect(unattributedOf(await asker.readyOf(site))).toBe(3);

    await db.execute(sql`delete from site.conversions where site_id = ${site.siteId}`);
    expect((await asker.readyOf(site)).totals.conversions).toBe(0);
  });

  it("is another site's never", async () => {
    const [one, other] = [await createSmallShop(db), await createSite(db, { timeZone: "UTC" })];
    await asker.readyOf(one);
    expect((await asker.readyOf(other)).totals).toMatchObject({ conversions: 0, revenueMinor: 0 });
  });
});

describe("a range of more contacts than a request can wait for", () => {
  async function largeShop(): Promise<TestSite> {
    const site = await createSmallShop(db);
    await addLargeDay(db, site.publicId, "2025-03-01");
    return site;
  }

  it("is worked out by one job, however often it is asked for, and is there then", async () => {
    const site = await largeShop();
    const answers = [await asker.answerOf(site), await asker.answerOf(site), await asker.answerOf(site)];
    expect(answers.map(({ status }) => status)).toEqual(["computing", "computing", "computing"]);
    expect(asker.sent).toHaveLength(1);

    await asker.work();
    expect((await asker.readyOf(site)).totals.conversions).toBe(3);
    expect(asker.sent).toEqual([]);
  });

  it("does the same when the job comes twice, and asks again when it never did", async () => {
    const site = await largeShop();
    await asker.answerOf(site);
    const [job] = asker.sent.splice(0);
    asker.nowMs += 6 * MINUTE;
    expect((await asker.answerOf(site)).status).toBe("computing");
    expect(asker.sent).toEqual([job]);

    await asker.work();
    const first = await asker.readyOf(site);
    asker.sent.push(...(job ? [job] : []));
    await asker.work();
    expect((await asker.readyOf(site)).rows).toEqual(first.rows);
  });

  it("is shown as of when it was worked out while its days never stand still, and not for long", async () => {
    const site = await largeShop();
    await asker.answerOf(site);
    await asker.work();
    const workedOutAt = new Date(asker.nowMs).toISOString();
    await change(site, "2025-05-31");
    await removeContacts(site);

    asker.nowMs += 5 * MINUTE;
    const shown = await asker.readyOf(site);
    expect(shown.basis.asOf).toBe(workedOutAt);
    expect(unattributedOf(shown)).toBe(0);
    asker.nowMs += 6 * MINUTE;
    expect((await asker.answerOf(site)).status).toBe("computing");
  });

  it("is worked out anew while it is shown, but at most a twentieth of the time", async () => {
    const site = await largeShop();
    await asker.answerOf(site);
    await asker.work();
    await db.execute(sql`update site.attribution_results set took_ms = 6000 where site_id = ${site.siteId}`);
    await change(site, "2025-05-31");
    await removeContacts(site);

    asker.nowMs += 2 * MINUTE - 1;
    expect(unattributedOf(await asker.readyOf(site))).toBe(0);
    expect(asker.sent).toEqual([]);
    asker.nowMs += 1;
    const shown = [await asker.readyOf(site), await asker.readyOf(site)];
    expect(shown.map(unattributedOf)).toEqual([0, 0]);
    expect(asker.sent).toHaveLength(1);

    await asker.work();
    const current = await asker.readyOf(site);
    expect(unattributedOf(current)).toBe(3);
    expect(current.basis.asOf).toBe(new Date(asker.nowMs).toISOString());
    expect(asker.sent).toEqual([]);
  });

  it("is not shown with what sources meant before", async () => {
    const site = await largeShop();
    await asker.answerOf(site);
    await asker.work();
    await db.execute(sql`update site.sites set matcher_version = 2 where id = ${site.siteId}`);

    expect((await asker.answerOf(site)).status).toBe("computing");
  });
});
