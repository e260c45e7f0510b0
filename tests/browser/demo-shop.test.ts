import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoShop, startDemoShop } from "#scripts/demo-shop/demo-shop.ts";
import { openBrowser, type TestBrowser } from "#tests/support/open-browser.ts";

let browser: TestBrowser;
let shop: DemoShop;

beforeAll(async () => {
  shop = await startDemoShop({ collectOrigin: "http://localhost:1", port: 0 });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

/** A page whose calls of `waymark` are kept over its navigations. */
async function openPage(path: string): Promise<{ page: Page; calls: unknown[][] }> {
  const page = await browser.newPage();
  const calls: unknown[][] = [];
  await page.exposeFunction("waymark", (...call: unknown[]) => {
    calls.push(call);
  });
  await page.goto(new URL(path, shop.url).href);
  return { page, calls };
}

describe("the demo shop", () => {
  test("carries the snippet of the site that the address names, and keeps it on the next page", async () => {
    const { page } = await openPage("/?site=wms_first");
    const snippet = page.locator("script[data-site]");
    expect(await snippet.getAttribute("data-site")).toBe("wms_first");
    expect(await snippet.getAttribute("src")).toBe("http://localhost:1/attribution.js");
    expect(await snippet.getAttribute("defer")).toBe("");

    await page.click("a.product >> nth=0");
    expect(await page.locator("script[data-site]").getAttribute("data-site")).toBe("wms_first");
    await page.close();
  });

  test("does not put anything but a site key into the page", async () => {
    const reply = await fetch(new URL('/?site="><script>alert(1)</script>', shop.url));
    expect(await reply.text()).not.toContain("alert(1)");
  });

  test("a purchase is one conversion with the price that is shown", async () => {
    const { page, calls } = await openPage("/product/pour-over-kit");
    await page.click("#buy-now");
    await page.fill("[name=promo]", "spring");
    expect(await page.textContent("#total")).toBe("€44.91");
    await page.click("#buy");
    await page.waitForURL("**/thank-you?**");

    expect(calls).toEqual([
      [
        "conversion",
        {
          type: "purchase",
          value: "44.91",
          currency: "EUR",
          orderId: expect.stringMatching(/^T-[0-9A-F]{8}$/),
          promoCode: "SPRING",
        },
      ],
    ]);
    expect(await page.textContent("#paid")).toBe("€44.91");
    await page.close();
  });

  test("a purchase without a promo code names none, and a look at a product is no purchase", async () => {
    const { page, calls } = await openPage("/product/guji-natural");
    expect(calls).toEqual([]);
    await page.click("#buy-now");
    await page.click("#buy");
    await page.waitForURL("**/thank-you?**");

    expect(calls).toHaveLength(1);
    expect(calls[0]?.[1]).toMatchObject({ value: "14.90" });
    expect(calls[0]?.[1]).not.toHaveProperty("promoCode");
    await page.close();
  });
});
