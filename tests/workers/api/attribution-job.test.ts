import { beforeAll, expect, test, vi } from "vitest";

import { attribution } from "#contract/attribution.ts";
import { addDays } from "#core/time/site-day.ts";
import { addLargeDay } from "#tests/support/large-day.ts";
import { signUp, type Person } from "./people.ts";
import { addShop, sharedReportStack, type ReportStack, type Shop } from "./reports-stack.ts";

let stack: ReportStack;
let owner: Person;
let shop: Shop;

beforeAll(async () => {
  stack = await sharedReportStack();
  owner = await signUp(stack);
  shop = await addShop(stack, owner);
  await addLargeDay(stack.db, shop.siteId, addDays(shop.from, -1));
});

test("credit of a large range is computing at first, and arrives by itself", async () => {
  const path = `GET /api/v1/sites/${shop.siteId}/attribution?from=${shop.from}&to=${shop.to}`;
  const ask = async () => attribution.parse((await owner.ask(path)).body);
  const first = await ask();
  expect(first).toMatchObject({ status: "computing", retryAfterMs: 2_000 });
  expect(first).not.toHaveProperty("rows");

  const ready = await vi.waitFor(
    async () => {
      const answer = await ask();
      if (answer.status !== "ready") throw new Error("It is still being worked out");
      return answer;
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(ready.totals).toMatchObject({ conversions: 3, revenueMinor: 13_345, spendMinor: 5_000 });
  const [campaign] = ready.rows;
  expect(campaign).toMatchObject({ kind: "group", key: shop.campaignId, spendMinor: 5_000 });
  expect(campaign?.credits.linear).toMatchObject({ conversions: 2, revenueMinor: 12_345, tooFew: true });
  expect(campaign?.credits.linear?.roas.value).toBeCloseTo(2.469, 9);
});
