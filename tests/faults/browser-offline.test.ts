import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WaymarkClient } from "#scripts/client/waymark-client.ts";
import { type DemoShop, startDemoShop } from "#scripts/demo-shop/demo-shop.ts";
import { type Stack, startStack } from "#scripts/stack/stack.ts";
import { openWatchedContext } from "#tests/browser/loop/watched-context.ts";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";
import { type CollectFront, idsOf, startCollectFront } from "./collect-front.ts";
import { ensurePixel } from "#scripts/build/ensure-built.ts";
import { expectAllAccountedFor } from "./proof/account-for.ts";
import { createFaultSite, type FaultSite, signUp } from "./proof/fault-site.ts";
import { withClient } from "./proof/with-client.ts";

/** Five seconds in `npm test`, a minute in the soak. */
const IS_SOAK = process.env["SOAK"] === "1";
const OFFLINE_MS = IS_SOAK ? 60_000 : 5_000;
const RELOADS = 2;
const PAGES = ["/", "/product/guji-natural", "/checkout"];
const CUSTOM = ["one", "two"];

let stack: Stack;
let browser: TestBrowser;
let front: CollectFront;
let shop: DemoShop;
let client: WaymarkClient;
let site: FaultSite;

beforeAll(async () => {
  await ensurePixel();
  [stack, browser] = await Promise.all([startStack({ persist: false }), openBrowser()]);
  client = await signUp(stack.appOrigin);
  site = await createFaultSite(client, stack.databaseUrl, "Offline");
  front = await startCollectFront(stack.workers);
  shop = await startDemoShop({ collectOrigin: front.origin, port: 0 });
  shop.setSite(site.key);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([shop?.close(), front?.close()]);
  await stack?.stop();
});

it("keeps what three tabs did while collect was out of reach, over two reloads, and stores each event once", async () => {
  const visitor = await openWatchedContext(browser);
  const { context, sent } = visitor;
  const tabs = await Promise.all(PAGES.map(async () => await visitor.newPage()));
  await Promise.all(tabs.map(async (tab, index) => await tab.goto(shop.url + (PAGES[index] ?? ""))));

  front.isCut = true;
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await Promise.all(tabs.map(async (tab) => await tell(tab)));
    await pause(OFFLINE_MS / RELOADS);
    await Promise.all(tabs.map(async (tab) => await tab.reload()));
  }
  front.isCut = false;
  // The system says that the network is back, as it does to every tab; and one of them goes on to another page.
  await context.setOffline(true);
  await context.setOffline(false);
  await tabs[0]?.goto(`${shop.url}/product/gooseneck-kettle`);

  const expected = {
    pageview: PAGES.length * (1 + RELOADS) + 1,
    custom: PAGES.length * RELOADS * CUSTOM.length,
  };
  await expect.poll(async () => await storedByType(), { timeout: 2 * OFFLINE_MS + 60_000 }).toEqual(expected);
  const made = new Set(sent.flatMap(({ method, body }) => (method === "POST" ? idsOf(body ?? "") : [])));
  expect(front.accepted).toEqual(made);
  expect(made.size).toBe(expected.pageview + expected.custom);
  const { databaseUrl, workers } = stack;
  const runCron = async (cron: string): Promise<unknown> => await workers.runCron(cron);
  await expectAllAccountedFor(
    { databaseUrl, client, site, runCron },
    { sent: made, accepted: front.accepted },
  );
  await context.close();
});

async function tell(tab: Page): Promise<void> {
  for (const name of CUSTOM) {
    await tab.evaluate((event) => {
      (globalThis as unknown as { waymark: (...command: string[]) => void }).waymark("event", event);
    }, name);
  }
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
