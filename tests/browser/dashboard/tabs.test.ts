import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureDashboard } from "#scripts/build/ensure-built.ts";
import { openBrowser } from "#tests/support/open-browser.ts";
import { demoState } from "./fixture-state.ts";
import { keepTabs, type Tab, type Tabs } from "./tabs.ts";

let tabs: Tabs;

beforeAll(async () => {
  await ensureDashboard();
  tabs = keepTabs(await openBrowser("screens"));
});

afterAll(async () => {
  await tabs.close();
});

/** Does what a test may do, and leaves what a page may keep, in memory and as it goes. */
async function use({ page, server }: Tab, heard: string[]): Promise<void> {
  await page.goto(`${server.origin}/campaigns`);
  await page.waitForSelector("tbody");
  await page.route("**/*", async (route) => await route.abort());
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ media: "print", colorScheme: "dark", reducedMotion: "no-preference" });
  await page.context().addCookies([{ name: "left", value: "1", url: server.origin }]);
  page.on("request", (request) => heard.push(request.url()));
  await page.evaluate(() => {
    localStorage.setItem("left", "1");
    addEventListener("pagehide", () => sessionStorage.setItem("left", "1"));
  });
}

test("a tab that is given back is as good as new, with the account that it is shown next", async () => {
  const before = await tabs.take({});
  const old = demoState();
  before.server.show(old, 0);
  const heard: string[] = [];
  await use(before, heard);
  await tabs.giveBack(before);
  const callsBefore = [...old.calls];

  const tab = await tabs.take({});
  expect(tab).toBe(before);
  const state = demoState();
  tab.server.show(state, 0);
  const { page } = tab;
  await page.goto(`${tab.server.origin}/campaigns`);
  await page.waitForSelector("tbody");

  expect(heard).toEqual([]);
  expect(state.calls).toContain("GET /me");
  expect(old.calls).toEqual(callsBefore);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1440, 900]);
  const media = ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: no-preference)"];
  const matching = await page.evaluate(
    (queries) => queries.filter((each) => matchMedia(each).matches),
    media,
  );
  expect(matching).toEqual([]);
  const left = await page.evaluate(() => [localStorage.getItem("left"), sessionStorage.getItem("left")]);
  expect(left).toEqual([null, null]);
});

test("a tab that was closed is not given to the next", async () => {
  const closed = await tabs.take({});
  await closed.page.context().close();
  await tabs.giveBack(closed);
  const next = await tabs.take({});
  expect(next).not.toBe(closed);
  expect(next.page.isClosed()).toBe(false);
});
