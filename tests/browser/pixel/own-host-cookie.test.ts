import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import type { EdgeSite } from "#contract/edge-config.ts";
import { forward } from "#scripts/stack/http/forward.ts";
import { listenHttp, type ListeningServer } from "#scripts/stack/http/http-server.ts";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";
import { knownSite, sharedCollect, type RunningCollect } from "#tests/workers/collect/start-collect.ts";
import { patiently } from "#tests/support/patiently.ts";
import { waymark } from "./pixel-page.ts";

/** A shop and a host below it where collect answers: browsers hold any name under localhost for secure. */
const SHOP_HOST = "shop.localhost";
const COLLECT_HOST = `wm.${SHOP_HOST}`;

let collect: RunningCollect;
let edge: ListeningServer;
let shop: ListeningServer;
let browser: TestBrowser;
let site: EdgeSite;
let isEndpointNamed = true;

beforeAll(async () => {
  [collect, browser] = await Promise.all([sharedCollect(), openBrowser()]);
  edge = await listenHttp(
    async (request, response) =>
      await forward(request, response, async (url, init) => await collect.fetchUrl(url, init)),
    0,
  );
  shop = await listenHttp(async (_request, response) => {
    const endpoint = isEndpointNamed ? `data-endpoint="${collectOrigin()}/"` : "";
    response.writeHead(200, { "Content-Type": "text/html" }).end(
      `<!doctype html><link rel="icon" href="data:,"><title>Shop</title>
       <script defer src="${collectOrigin()}/attribution.js" data-site="${site.siteKey}"
         data-identity="first-party" ${endpoint}></script>`,
    );
  }, 0);
  site = await knownSite(collect.bindings, { domain: SHOP_HOST, identity: "first-party" });
});
afterAll(async () => {
  await browser.close();
  await Promise.all([edge.close(), shop.close()]);
});

const collectOrigin = () => `http://${COLLECT_HOST}:${edge.port}`;
const visitorsOf = async (count: number) =>
  (await collect.queued(site.siteId, count)).map(({ body }) => body.visitor);

describe("the cookie that the site's own server sets", () => {
  it("goes to a host below the site's, outlives the browser's storage, and goes away with an opt-out", async () => {
    const context = await browser.newContext();
    const cookie = async () =>
      (await context.cookies())
        .filter(({ name }) => name === "wm_v")
        .map(({ value, domain }) => ({ value, domain }));
    const page = await context.newPage();
    await page.goto(`http://${SHOP_HOST}:${shop.port}/`);
    const [first] = await visitorsOf(1);
    const kept = [{ value: first, domain: COLLECT_HOST }];
    await vi.waitFor(async () => expect(await cookie()).toEqual(kept), patiently);
    expect(await page.evaluate(() => document.cookie)).toBe("");

    await page.evaluate(() => localStorage.clear());
    await page.reload();
    expect(await visitorsOf(2)).toEqual([first, first]);
    const made = await page.evaluate(
      () => (JSON.parse(localStorage["waymark"] as string) as { v: string }).v,
    );
    expect(made).not.toBe(first);

    await waymark(page, "optOut");
    await vi.waitFor(async () => expect(await cookie()).toEqual([]), patiently);
    await page.reload();
    expect(await collect.queuedInTheEnd(site.siteId)).toHaveLength(2);
    await context.close();
  });

  it("is neither sent nor set where the snippet names no endpoint: events arrive without it", async () => {
    isEndpointNamed = false;
    site = await knownSite(collect.bindings, { domain: SHOP_HOST, identity: "first-party" });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://${SHOP_HOST}:${shop.port}/`);
    expect(await visitorsOf(1)).toEqual([expect.any(String)]);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });
});
