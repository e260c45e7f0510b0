import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dashboard, startDashboard } from "./open-dashboard.ts";
import { demoState } from "./fixture-state.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

/** What the next test must not find: the tab is kept, and cookies know no ports. */
describe("a tab that a test is done with", () => {
  let origin = "";

  test("is used", async () => {
    const { page, ...opened } = await dashboard.open("/sign-in");
    origin = opened.origin;
    await page.route("**/*", async (route) => await route.abort());
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ media: "print", colorScheme: "dark", reducedMotion: "no-preference" });
    await page.context().addCookies([{ name: "left", value: "1", url: origin }]);
    await page.evaluate(() => {
      localStorage.setItem("left", "1");
      addEventListener("pagehide", () => sessionStorage.setItem("left", "1"));
    });
  });

  test("is as good as new for the next", async () => {
    const { page } = await dashboard.open("/sign-in", demoState(), {});
    await page.waitForSelector("form");
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1440, 900]);
    const media = ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: no-preference)"];
    expect(
      await page.evaluate((queries) => queries.filter((query) => matchMedia(query).matches), media),
    ).toEqual([]);
    // The old origin answers no more; what it stored would still be there.
    await page.route(`${origin}/**`, async (route) => await route.fulfill({ body: "" }));
    await page.goto(origin);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  });
});
