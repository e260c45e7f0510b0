import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { parsePixelEvent } from "#contract/parse-event.ts";

import { startPixelStage, waymark, type PixelStage } from "./pixel-page.ts";

let stage: PixelStage;
beforeAll(async () => {
  stage = await startPixelStage();
});
afterAll(async () => await stage.close());
beforeEach(async () => await stage.reset());

describe("clicks", () => {
  it("on a link that leaves the site are recorded with its address and words", async () => {
    stage.serve("", `<a id="out" href="${stage.collect.origin}/x?y=1"><b> Buy </b> now</a>`);
    const page = await stage.open("/here");
    await page.click("#out b");
    await stage.until(1, "click");
    const [click] = stage.collect.events("click");
    expect(click).toMatchObject({
      url: `${stage.site.origin}/here`,
      link: `${stage.collect.origin}/x?y=1`,
      text: "Buy  now",
    });
    expect(parsePixelEvent(click).ok).toBe(true);
  });

  it("never wait for collect: the next page opens while it still hangs", async () => {
    stage.serve("", `<a id="out" href="${stage.collect.origin}/attribution.js">out</a>`);
    const context = await stage.visitor();
    await context.clock.install();
    const page = await stage.open("/", context);
    await stage.until(1);
    stage.collect.mood = "hanging";
    // The clock stands: a page that waited for a timer would stay.
    await context.clock.pauseAt(Date.now() + 1_000);
    await page.click("#out");
    await page.waitForURL(/attribution\.js/, { timeout: 5_000 });
    await stage.until(1, "click");
    expect(stage.collect.events("click")).toHaveLength(1);
  });

  it("survive the page they leave: a slow network still delivers them", async () => {
    stage.serve("", `<a id="out" href="${stage.collect.origin}/attribution.js">out</a>`);
    const page = await stage.open();
    await stage.until(1);
    await page.click("#out");
    await page.close();
    await stage.until(1, "click");
    expect(stage.collect.events("click")).toHaveLength(1);
  });

  it("on a link of the site's own are recorded only when it carries utm parameters", async () => {
    stage.serve(
      "",
      `<a id="plain" href="/plain?ref=1">a</a><a id="utm" href="/sale?x=1&utm_source=banner">b</a>`,
    );
    const page = await stage.open();
    await page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
    await page.click("#plain");
    await page.click("#utm");
    await stage.until(1, "click");
    await stage.quiet();
    expect(stage.collect.events("click").map(({ link }) => link)).toEqual([
      `${stage.site.origin}/sale?x=1&utm_source=banner`,
    ]);
  });

  it("on a short link are recorded also where the endpoint is a folder of the site's own", async () => {
    const attributes = `data-endpoint="${stage.site.origin}/wm/"`;
    stage.serve(attributes, '<a id="other" href="/r/x">a</a><a id="short" href="/wm/r/spring">b</a>');
    const page = await stage.open();
    await page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/wm/e")) sent.push(request.postData() ?? "");
    });
    await page.click("#other");
    await page.click("#short");
    await stage.quiet();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain(`"link":"${stage.site.origin}/wm/r/spring"`);
  });

  it("on what is no page, on a name without address, or by the right button are not recorded", async () => {
    const html = `<a id="mail" href="mailto:a@b.example">m</a><a id="tel" href="tel:1">t</a>
      <a id="script" href="javascript:void 0">s</a><a id="bare">b</a><svg><a id="svg" href="#x"><text y="20">v</text></a></svg>
      <a id="right" href="${stage.collect.origin}/x">r</a><p id="text">no link</p>`;
    stage.serve("", html);
    const page = await stage.open();
    await page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
    for (const id of ["mail", "tel", "script", "bare", "text"]) await page.click(`#${id}`);
    await page.click("#svg text");
    await page.click("#right", { button: "right" });
    await stage.quiet();
    expect(stage.collect.events("click")).toEqual([]);
    expect(stage.errors).toEqual([]);
  });

  it("by the middle button, which opens a tab, are recorded", async () => {
    stage.serve("", `<a id="out" href="${stage.collect.origin}/attribution.js">out</a>`);
    const page = await stage.open();
    await page.click("#out", { button: "middle" });
    await stage.until(1, "click");
    expect(stage.collect.events("click")[0]).toMatchObject({ text: "out" });
  });

  it("are seen even where the page stops them, and are left as the page wants them", async () => {
    stage.serve("", `<a id="out" href="${stage.collect.origin}/x">out</a>`);
    const page = await stage.open("/stay");
    await page.evaluate(() => {
      document.querySelector("#out")?.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
      });
    });
    await page.click("#out");
    await stage.until(1, "click");
    expect(page.url()).toBe(`${stage.site.origin}/stay`);
  });
});

describe("conversions", () => {
  it("by command carry money, order, promo code and properties", async () => {
    stage.serve();
    const page = await stage.open();
    const conversion = {
      type: "purchase",
      value: 49.9,
      currency: "EUR",
      orderId: "A-1",
      promoCode: "S",
      test: true,
    };
    await waymark(page, "conversion", conversion, { plan: "pro" });
    await stage.until(1, "conversion");
    const [event] = stage.collect.events("conversion");
    expect(event).toMatchObject({ conversion, props: { plan: "pro" } });
    expect(parsePixelEvent(event).ok).toBe(true);
  });

  it("by attribute are recorded at the click, with what the element says", async () => {
    stage.serve(
      "",
      `<button id="buy" data-waymark-conversion="purchase" data-value="9.99" data-currency="EUR" data-order-id="B-2"
        data-promo="X"><i>Buy</i></button><button id="other">Other</button>`,
    );
    const page = await stage.open();
    await page.click("#other");
    await page.click("#buy i");
    await stage.until(1, "conversion");
    await stage.quiet();
    expect(stage.collect.events("conversion").map(({ conversion }) => conversion)).toEqual([
      { type: "purchase", value: "9.99", currency: "EUR", orderId: "B-2", promoCode: "X" },
    ]);
    expect(stage.collect.events("click")).toEqual([]);
  });

  it("of a link that also leaves the site are a conversion and a click, one each", async () => {
    stage.serve(
      "",
      `<a id="go" data-waymark-conversion="lead" href="${stage.collect.origin}/attribution.js">go</a>`,
    );
    const page = await stage.open();
    await page.click("#go");
    await stage.until(1, "conversion");
    await stage.until(1, "click");
    expect(
      stage.collect
        .events()
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(["click", "conversion", "pageview"]);
  });

  it.each([
    ["data-waymark-promo", '<input data-waymark-promo value="P1">'],
    ["promo", '<input name="promo" value="P1">'],
    ["promoCode", '<input name="promoCode" value="P1">'],
    ["promo_code", '<input name="promo_code" value="P1">'],
    ["coupon", '<input name="coupon" value="P1">'],
    ["discount", '<select name="discount"><option>P1</option></select>'],
  ])(
    "of a form are recorded when it is sent, with its field %s; the form is sent all the same",
    async (_, field) => {
      const form = `<form id="f" action="/thanks" data-waymark-conversion="purchase" data-value="5" data-currency="EUR">
      <input name="email" value="ann@secret.example"><input name="card" value="top-secret">${field}<button>Order</button></form>`;
      stage.serve("", form);
      const page = await stage.open();
      await page.click("#f input");
      expect(stage.collect.events("conversion")).toEqual([]);
      await page.click("#f button");
      await page.waitForURL(/\/thanks/);
      await stage.until(1, "conversion");
      await stage.until(2, "pageview");
      expect(stage.collect.events("conversion")).toHaveLength(1);
      expect(stage.collect.events("conversion")[0]?.["conversion"]).toEqual({
        type: "purchase",
        value: "5",
        currency: "EUR",
        promoCode: "P1",
      });
      // Of all fields only the promo code leaves the page.
      expect(JSON.stringify(stage.collect.events("conversion"))).not.toContain("secret");
    },
  );

  it("of a form without a promo code, or with an empty field, go without one", async () => {
    stage.serve(
      "",
      '<form id="f" action="/t" data-waymark-conversion="lead"><input name="coupon"><button>Go</button></form>',
    );
    const page = await stage.open();
    await page.click("#f button");
    await stage.until(1, "conversion");
    expect(stage.collect.events("conversion")[0]?.["conversion"]).toEqual({ type: "lead" });
  });

  it("are not made of forms that say nothing", async () => {
    stage.serve("", '<form id="f" action="/t"><input name="coupon" value="X"><button>Go</button></form>');
    const page = await stage.open();
    await page.click("#f button");
    await stage.until(2, "pageview");
    expect(stage.collect.events("conversion")).toEqual([]);
  });
});
