import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CollectBody } from "#contract/collect.ts";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { openWatchedContext, type Sent } from "#tests/browser/loop/watched-context.ts";
import { launchBrowser } from "#tests/support/launch-browser.ts";
import { ensurePixel } from "./ensure-pixel.ts";
import { expectAllAccountedFor } from "./proof/account-for.ts";
import { createFaultSite, type FaultSite, signUp } from "./proof/fault-site.ts";
import { withClient } from "./proof/with-client.ts";

/** A few seconds in `npm test`, a minute in the soak. */
const IS_SOAK = process.env["SOAK"] === "1";
const OFFLINE_MS = IS_SOAK ? 60_000 : 3_000;
const RELOADS = 2;
const PAGES = ["/", "/product/guji-natural", "/checkout"];
const CUSTOM = ["one", "two"];

let stack: Stack;
let browser: Browser;
let client: WaymarkClient;
let site: FaultSite;

beforeAll(async () => {
  await ensurePixel();
  [stack, browser] = await Promise.all([startStack({ persist: false }), launchBrowser()]);
  client = await signUp(stack.appOrigin);
  site = await createFaultSite(client, stack.databaseUrl, "Offline");
  stack.setShopSite(site.key);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it("keeps what three tabs did while collect was out of reach, over two reloads, and stores each event once", async () => {
  const visitor = await openWatchedContext(browser);
  const { context, sent } = visitor;
  const tabs = await Promise.all(PAGES.map(async () => await visitor.newPage()));
  await Promise.all(tabs.map(async (tab, index) => await tab.goto(stack.shopOrigin + (PAGES[index] ?? ""))));

  const collect = `${stack.collectOrigin}/e`;
  await context.route(collect, async (route) => await route.abort("internetdisconnected"));
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await Promise.all(tabs.map(async (tab) => await tell(tab)));
    await pause(OFFLINE_MS / RELOADS);
    await Promise.all(tabs.map(async (tab) => await tab.reload()));
  }
  await context.unroute(collect);
  // The system says that the network is back, as it does to every tab; and one of them goes on to another page.
  await context.setOffline(true);
  await context.setOffline(false);
  await tabs[0]?.goto(`${stack.shopOrigin}/product/gooseneck-kettle`);

  const expected = {
    pageview: PAGES.length * (1 + RELOADS) + 1,
    custom: PAGES.length * RELOADS * CUSTOM.length,
  };
  await expect.poll(async () => await storedByType(), { timeout: 2 * OFFLINE_MS + 60_000 }).toEqual(expected);
  const ids = new Set(idsIn(sent, collect));
  expect(ids.size).toBe(expected.pageview + expected.custom);
  const { databaseUrl, workers } = stack;
  const runCron = async (cron: string): Promise<unknown> => await workers.runCron(cron);
  await expectAllAccountedFor({ databaseUrl, client, site, runCron }, { sent: ids, accepted: ids });
  await context.close();
});

async function tell(tab: Page): Promise<void> {
  for (const name of CUSTOM) {
    await tab.evaluate((event) => {
      (globalThis as unknown as { waymark: (...command: string[]) => void }).waymark("event", event);
    }, name);
  }
}

function idsIn(sent: readonly Sent[], collect: string): string[] {
  const bodies = sent.filter(({ method, url }) => method === "POST" && url === collect);
  return bodies.flatMap(({ body }) =>
    (JSON.parse(body ?? "{}") as CollectBody).events.map((event) => (event as { id: string }).id),
  );
}

async function storedByType(): Promise<Record<string, number>> {
  return await withClient(stack.databaseUrl, async (database) => {
    const { rows } = await database.query<{ type: string; count: number }>(
      `select case type when 3 then 'pageview' when 5 then 'custom' else type::text end as type, count(*)::int
       from site.events where site_id = $1 group by 1`,
      [site.siteId],
    );
    return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
  });
}
