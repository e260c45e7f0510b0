import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { loadConversionTypes } from "#db/queries/attribution/conversion-types.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";

const RANGE = { from: "2026-03-01", to: "2026-03-31" };
let db: Database;
let site: TestSite;

beforeAll(async () => {
  ({ db } = await createDatabase());
  site = await createSite(db, { timeZone: "America/New_York" });
  const other = await createSite(db, { timeZone: "UTC" });
  await convert(other, ["2026-03-10T12:00Z", "booking"]);
  await convert(
    site,
    // New York's March begins at 05:00 and ends at 04:00, its clocks having gone forward.
    ["2026-03-01T04:59:59.999Z", "february"],
    ["2026-03-01T05:00Z", "lead"],
    ["2026-03-02T12:00Z", "purchase"],
    ["2026-03-03T12:00Z", "purchase"],
    ["2026-03-04T12:00Z", "test only", true],
    ["2026-04-01T03:59:59.999Z", "purchase"],
    ["2026-04-01T04:00Z", "april"],
  );
});

async function convert({ siteId }: TestSite, ...made: [at: string, type: string, isTest?: boolean][]) {
  for (const [at, type, isTest = false] of made)
    await db.execute(sql`
      insert into site.conversions (site_id, conversion_id, at, type, value_minor, currency, promo_codes, is_test, copies)
      values (${siteId}, gen_random_uuid(), ${at}::timestamptz, ${type}, 100, 'EUR', '{}', ${isTest}, 1)`);
}

const ask = async (asked: { most?: number; limit?: number } = {}) =>
  await loadConversionTypes(db, { siteId: site.siteId, ...RANGE, most: 100, limit: 100, ...asked });

it("counts the types of the site's own days, the most frequent first, without tests and other sites'", async () => {
  expect(await ask()).toEqual({
    types: [
      { type: "purchase", conversions: 3 },
      { type: "lead", conversions: 1 },
    ],
    isWhole: true,
  });
});

it("looks at no more than it may, the latest first, and says that those are not all", async () => {
  expect(await ask({ most: 5 })).toMatchObject({ isWhole: true });
  expect(await ask({ most: 2 })).toEqual({
    types: [{ type: "purchase", conversions: 2 }],
    isWhole: false,
  });
});

it("names no more than it may", async () => {
  expect((await ask({ limit: 1 })).types).toEqual([{ type: "purchase", conversions: 3 }]);
});

it("names nothing where nothing was converted", async () => {
  const idle = await createSite(db);
  expect(await loadConversionTypes(db, { siteId: idle.siteId, ...RANGE, most: 9, limit: 9 })).toEqual({
    types: [],
    isWhole: true,
  });
});
