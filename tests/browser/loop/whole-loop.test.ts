import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";
import type { Ledger } from "#contract/sites.ts";
import type { ReportModel } from "#core/report/report-model.ts";
import { kpiValue } from "#rendering/words/kpi-words.ts";
import { reportVoice } from "#rendering/words/report-voice.ts";
import { readPdf } from "#tests/rendering/read-pdf.ts";
import { patiently } from "#tests/support/patiently.ts";
import { type LoopStage, startLoopStage } from "./loop-stage.ts";
import { pageViewsSent } from "./sent-events.ts";
import { describePage, type WatchedContext } from "./watched-context.ts";

const MARKETER = { name: "Nora Quist", email: "nora@roasters.example", password: "a kettle of fresh water" };
const BOSS = "boss@roasters.example";
const CAMPAIGN = "Spring podcast";
/** A pour-over kit of €49.90 less the 10 % of the code SPRING. */
const REVENUE = "€44.91";
const SPEND = "12.50";
const SCHEDULE = "Every morning";
const SHARE_PASSWORD = "three sacks of beans";

let stage: LoopStage;
let marketer: WatchedContext;
let dashboard: Page;
let firstVisitor: WatchedContext;
let buyer: WatchedContext;
let shop: Page;
let shortLink: string;
let boss: WatchedContext;
let unsubscribeLink: string;

beforeAll(async () => {
  stage = await startLoopStage();
  marketer = await stage.person();
  dashboard = await marketer.newPage();
});

afterAll(async () => await stage?.close());

/** Each step stands on the one before: after a failure the next ones fail at once, with what was on the screen. */
let failed: string | undefined;
beforeEach(({ task }) => {
  if (failed !== undefined) throw new Error(`The walk ended at: ${failed}`);
  onTestFailed(async () => {
    failed ??= [task.name, await describePage(dashboard), ...marketer.complaints].join("\n");
  });
});

describe("from an empty Waymark to a report in the mailbox", () => {
  test("a newcomer signs up, and the link in the mail confirms the address", async () => {
    await dashboard.goto(`${stage.stack.appOrigin}/sign-up`);
    await dashboard.getByLabel("Your name").fill(MARKETER.name);
    await dashboard.getByLabel("E-mail").fill(MARKETER.email);
    await dashboard.getByLabel("Password").fill(MARKETER.password);
    await dashboard.getByLabel("Company or team").fill("Tuesday Roasters");
    await dashboard.getByRole("button", { name: "Create account" }).click();
    await dashboard.getByRole("heading", { name: "Welcome" }).waitFor();
    await dashboard.getByText("Confirm your e-mail.").waitFor();

    const { text } = await stage.mail(MARKETER.email, /Confirm/);
    const [link = "no link"] = /http\S+confirm\?token=\S+/.exec(text ?? "") ?? [];
    await dashboard.goto(link);
    await dashboard.getByText("Your e-mail is confirmed.").waitFor();
    await dashboard.getByRole("link", { name: "Go to Waymark" }).click();
    await dashboard.getByRole("heading", { name: "Welcome" }).waitFor();
    expect(await dashboard.getByText("Confirm your e-mail.").count()).toBe(0);
  });

  test("the onboarding shows the site's snippet, and turns green with the shop's first event", async () => {
    await dashboard.getByLabel("Address").fill("tuesday-roasters.example");
    await dashboard.getByLabel("Name").fill("Tuesday Roasters");
    await dashboard.getByLabel("Time zone").selectOption("Europe/Berlin");
    await dashboard.getByLabel("Currency").selectOption("EUR");
    await dashboard.getByRole("button", { name: "Add site" }).click();

    const snippet = await dashboard.getByText("<script defer").innerText();
    const [, siteKey = ""] = /data-site="(wms_\w+)"/.exec(snippet) ?? [];
    await dashboard.getByText("Waiting for the first event…").waitFor();

    stage.stack.setShopSite(siteKey);
    firstVisitor = await stage.person();
    const home = await firstVisitor.newPage();
    await home.goto(stage.stack.shopOrigin);
    const carried = await home.locator("script[data-site]").evaluate((script) => script.outerHTML);
    expect(carried.replace('defer=""', "defer")).toBe(snippet);
    await dashboard.getByText("The first event is here.").waitFor();
  });

  test("the first campaign gives a short link and a promo code", async () => {
    await dashboard.getByRole("button", { name: "Go on to your first campaign" }).click();
    await dashboard.getByLabel("Name").fill(CAMPAIGN);
    await dashboard.getByLabel("Channel").selectOption({ label: "Podcast" });
    await dashboard.getByLabel("It leads to").fill(`${stage.stack.shopOrigin}/`);
    await dashboard.getByLabel("Promo code").fill("SPRING");
    await dashboard.getByRole("button", { name: "Create campaign" }).click();
    await dashboard.getByRole("heading", { name: `${CAMPAIGN} is ready` }).waitFor();

    shortLink = await dashboard.getByText(`${stage.stack.collectOrigin}/r/`).innerText();
    const tagged = await dashboard.getByText("utm_campaign=").innerText();
    expect(tagged).toContain(`${stage.stack.shopOrigin}/?`);
    expect(tagged).toContain("utm_campaign=spring-podcast");
    await dashboard.getByText("SPRING", { exact: true }).waitFor();
  });

  test("what the campaign cost is entered in its settings", async () => {
    await dashboard.getByRole("link", { name: "Click your link and watch it arrive" }).click();
    await dashboard.getByRole("heading", { name: CAMPAIGN }).waitFor();
    await openTab("Settings");
    await dashboard.getByRole("button", { name: "Add spend" }).first().click();
    const dialog = dashboard.getByRole("dialog", { name: "Add spend" });
    await dialog.getByLabel("Amount").fill(SPEND);
    await dialog.getByRole("button", { name: "Save" }).click();
    const spend = dashboard.getByRole("table", { name: "Spend by day" });
    expect(await spend.getByRole("row", { name: "Total" }).innerText()).toContain(`€${SPEND}`);
  });

  test("a visitor follows the short link and buys; the event log shows it live, with campaign and value", async () => {
    await openTab("Events");
    const log = dashboard.getByRole("list", { name: "Events, newest first" });
    await dashboard.getByText("No events here yet").waitFor();
    expect(await dashboard.getByRole("link", { name: /^Open / }).getAttribute("href")).toBe(shortLink);

    buyer = await stage.person();
    shop = await buyer.newPage();
    await andCounted(async () => void (await shop.goto(shortLink)));
    expect(new URL(shop.url()).origin).toBe(stage.stack.shopOrigin);
    await row(log, ["Page view", CAMPAIGN]).first().waitFor();

    await buyAtShop();
    const conversion = row(log, ["Conversion", CAMPAIGN, REVENUE]);
    await conversion.waitFor();
    expect(await conversion.count()).toBe(1);
    const click = row(log, ["Click", CAMPAIGN]);
    await click.first().waitFor();
    expect(await click.count()).toBe(1);
  });

  test("the campaign's figures are the order's, to the cent", async () => {
    await openTab("Analytics");
    await untilRolledUp();
    const figures = dashboard.getByRole("region", { name: "Key figures of the campaign" });
    await expectTile(figures, "Conversions", "1");
    await expectTile(figures, "Revenue", REVENUE);
    await expectTile(figures, "Spend", `€${SPEND}`);
    // 44.91 / 12.50 = 3.5928; (44.91 − 12.50) / 12.50 = 2.5928
    await expectTile(figures, "ROAS", "3.59×");
    await expectTile(figures, "ROI", "259.3%");
    await expectTile(figures, "CPA", `€${SPEND}`);

    await dashboard.getByRole("slider", { name: "Revenue by day" }).locator("canvas").waitFor();

    const attribution = dashboard.getByRole("table", { name: "Attribution by campaign" });
    const credited = attribution.getByRole("row", { name: CAMPAIGN });
    await credited.waitFor();
    const cells = await credited.getByRole("cell").allInnerTexts();
    expect(cells).toEqual(["1", REVENUE, "1", REVENUE, "1", REVENUE]);
  });

  test("the short link has that one click, and the order that came of it", async () => {
    await dashboard.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Links" }).click();
    const link = dashboard.getByRole("table", { name: "Short links" }).getByRole("row", { name: CAMPAIGN });
    await expect
      .poll(async () => (await link.getByRole("cell").allInnerTexts()).slice(-5, -1), patiently)
      .toEqual(["1", "1", "1", REVENUE]);
    await dashboard.goBack();
  });

  test("a report with the same revenue is built, and its preview says what its model says", async () => {
    await openTab("Reports");
    await dashboard.getByRole("button", { name: "New report" }).first().click();
    const dialog = dashboard.getByRole("dialog", { name: `Report on ${CAMPAIGN}` });
    await dialog.getByLabel("Recipients").fill(BOSS);
    await dialog.getByText("Will be asked").waitFor();
    await dialog.getByRole("button", { name: "Create report" }).click();
    const line = dashboard.getByRole("listitem").filter({ hasText: CAMPAIGN });
    await line.getByText("Ready", { exact: true }).waitFor();
    await line.getByRole("link", { name: CAMPAIGN }).click();

    await dashboard.locator(".rv-how").waitFor();
    const answer = await marketer.context.request.get(
      `${stage.stack.appOrigin}/api/v1${new URL(dashboard.url()).pathname}/model`,
    );
    const model = (await answer.json()) as ReportModel;
    const tiles = await dashboard.locator(".rv-tile-value").allInnerTexts();
    expect(tiles).toEqual(model.kpis.map((kpi) => kpiValue(kpi, reportVoice(model))));
    expect(tiles).toContain(REVENUE);
  });

  test("its recipient is asked first, agrees on a page of their own, and has it as the same bytes", async () => {
    const { text: question } = await stage.mail(BOSS, /wants to send you/);
    boss = await stage.person();
    const page = await boss.newPage();
    await page.goto(/http\S+confirm-address\?token=\S+/.exec(question ?? "")?.[0] ?? "no link");
    await page.getByRole("heading", { name: "Do you want reports of Tuesday Roasters?" }).waitFor();
    await page.getByRole("button", { name: "Yes, send them" }).click();
    await page.getByRole("heading", { name: "You get them from now on" }).waitFor();

    const mail = await stage.mail(BOSS, new RegExp(`^${CAMPAIGN}: `));
    const [attachment] = mail.attachments;
    expect(attachment?.contentType).toBe("application/pdf");
    const mailed = Buffer.from(attachment?.content ?? "", "base64");
    const { text } = await readPdf(new Uint8Array(mailed));
    expect(text).toContain(CAMPAIGN);
    expect(text).toContain(REVENUE);
    expect(text).toContain("3.59");
    expect(await downloaded(dashboard.getByRole("link", { name: "PDF" }))).toEqual(mailed);
    await dashboard.reload();
    const delivery = dashboard.getByRole("list", { name: "Mails by recipient" }).getByRole("listitem");
    await delivery.getByText("Sent", { exact: true }).waitFor();
    unsubscribeLink = /http\S+\/unsubscribe\/[\w-]+/.exec(mail.text ?? "")?.[0] ?? "no link";
  });

  test("a link with a password shows it to a stranger, until it is revoked", async () => {
    await dashboard.getByRole("button", { name: "New link" }).click();
    await dashboard.getByRole("dialog").getByLabel("Password").fill(SHARE_PASSWORD);
    await dashboard.getByRole("button", { name: "Make link" }).click();
    const link = await dashboard.locator(".share-made code").innerText();

    const stranger = await (await stage.person()).newPage();
    await stranger.goto(link);
    await stranger.getByRole("textbox", { name: "Password" }).fill(SHARE_PASSWORD);
    expect(await stranger.getByText(REVENUE).count()).toBe(0);
    await stranger.getByRole("button", { name: "Open report" }).click();
    await stranger.locator("[data-kpi=revenue]").getByText(REVENUE, { exact: true }).waitFor();
    await stranger.reload();
    await stranger.locator("[data-kpi=revenue]").getByText(REVENUE, { exact: true }).waitFor();

    await dashboard.reload();
    const share = dashboard.getByRole("list", { name: "Links to this report" }).getByRole("listitem");
    await share.getByText("1 view").waitFor();
    await share.getByRole("button", { name: "Revoke" }).click();
    await share.getByText("Revoked", { exact: true }).waitFor();
    await stranger.reload();
    await stranger.getByText("This link opens nothing").waitFor();
    expect(await stranger.locator(".rv").count()).toBe(0);
  });

  test("a schedule shows its next three times, and sends a test to its maker alone", async () => {
    await dashboard.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
    await dashboard.getByRole("link", { name: "Schedules" }).click();
    await dashboard.getByRole("link", { name: "New schedule" }).first().click();
    await dashboard.getByLabel("Name").fill(SCHEDULE);
    await dashboard.getByLabel("How often").selectOption("daily");
    await dashboard.locator(".next-times li").nth(2).waitFor();
    expect(await dashboard.locator(".next-times li").count()).toBe(3);
    await dashboard.getByLabel("Recipients").fill(`${MARKETER.email}, ${BOSS}`);
    await dashboard.getByRole("button", { name: "Create schedule" }).click();
    const line = dashboard.getByRole("listitem").filter({ hasText: SCHEDULE });
    await line.getByRole("button", { name: `More about ${SCHEDULE}` }).click();
    await dashboard.getByRole("menuitem", { name: "Send a test to me" }).click();
    await stage.mail(MARKETER.email, /Tuesday Roasters: performance/);
    const subjects = (await stage.mailsTo(BOSS)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes("Tuesday Roasters: performance"))).toEqual([]);
  });

  test("its reader unsubscribes by the link in the mail, and the schedule says so", async () => {
    const page = await boss.newPage();
    await page.goto(unsubscribeLink);
    await page.getByText(`Mailed to ${BOSS}.`).waitFor();
    expect(await page.getByRole("button", { name: /^Subscribe again/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Unsubscribe from Reports of Tuesday Roasters" }).click();
    await page.getByRole("button", { name: /^Subscribe again/ }).waitFor();
    await dashboard.reload();
    const line = dashboard.getByRole("listitem").filter({ hasText: SCHEDULE });
    await line.getByText("1 recipient, 1 unsubscribed").waitFor();
  });
});

describe("what must not happen on the way", () => {
  test("no page has an error in its console, or a request that fails", () => {
    expect(marketer.complaints).toEqual([]);
    expect(firstVisitor.complaints).toEqual([]);
    expect(buyer.complaints).toEqual([]);
    expect(boss.complaints).toEqual([]);
  });

  test("the shop's visitors pay for no preflight, and for one beacon a page view", () => {
    expect(buyer.preflights).toEqual([]);
    expect(firstVisitor.preflights).toEqual([]);
    const { origin } = new URL(stage.stack.shopOrigin);
    expect(pageViewsSent(firstVisitor.sent, stage.stack.collectOrigin)).toEqual([[`${origin}/`]]);
    expect(pageViewsSent(buyer.sent, stage.stack.collectOrigin)).toEqual([
      [expect.stringMatching(`^${origin}/\\?utm_source=`)],
      [`${origin}/product/pour-over-kit`],
      [`${origin}/checkout?product=pour-over-kit`],
      [expect.stringMatching(`^${origin}/thank-you\\?order=`)],
    ]);
  });

  test("no event is lost or counted twice: the ledger is balanced", async () => {
    const site = new URL(dashboard.url()).searchParams.get("site");
    const range = new URLSearchParams({ from: hoursFromNow(-2), to: hoursFromNow(1) });
    const answer = await marketer.context.request.get(
      `${stage.stack.appOrigin}/api/v1/sites/${site}/ledger?${range}`,
    );
    const ledger = (await answer.json()) as Ledger;
    expect(ledger.isBalanced).toBe(true);
    const total = (pick: (hour: Ledger["items"][number]) => number): number =>
      ledger.items.reduce((sum, hour) => sum + pick(hour), 0);
    // One page of the first visitor; of the buyer the link's click, four pages and the order.
    expect(total((hour) => hour.stored)).toBe(7);
    expect(total((hour) => hour.bot + hour.deadLettered)).toBe(0);
    expect(ledger.items.flatMap((hour) => Object.keys(hour.rejected))).toEqual([]);
  });
});

async function buyAtShop(): Promise<void> {
  await andCounted(async () => await shop.getByRole("link", { name: /Pour-over kit/ }).click());
  await andCounted(async () => await shop.getByRole("link", { name: "Buy now" }).click());
  await shop.getByLabel("Promo code").fill("SPRING");
  expect(await shop.locator("#total").innerText()).toBe(REVENUE);
  await shop.getByRole("button", { name: "Pay now" }).click();
  await shop.getByRole("heading", { name: "Thank you!" }).waitFor();
}

/** A person stays on a page for longer than its page view needs to be answered. */
async function andCounted(step: () => Promise<void>): Promise<void> {
  const answer = shop.waitForResponse(`${stage.stack.collectOrigin}/e`);
  await step();
  await (await answer).finished();
}

/** A changed hour is rolled up within a minute, here within seconds: until then a person looks again. */
async function untilRolledUp(): Promise<void> {
  const channels = dashboard.getByRole("table", { name: "Channels" });
  for (let looks = 0; looks < 10; looks += 1) {
    const isThere = channels.getByRole("row", { name: /Podcast/ }).getByText(REVENUE);
    if (await isThere.waitFor({ timeout: 2_000 }).then(always, never)) return;
    await dashboard.reload();
  }
}

async function openTab(name: string): Promise<void> {
  await dashboard.getByRole("navigation", { name: "Campaign" }).getByRole("link", { name }).click();
}

/** A line of the log that says all of these. */
function row(log: Locator, words: readonly string[]): Locator {
  return words.reduce((rows, hasText) => rows.filter({ hasText }), log.getByRole("listitem"));
}

async function expectTile(figures: Locator, label: string, value: string): Promise<void> {
  const tile = figures.getByRole("group", { name: label, exact: true });
  await tile.getByText(value, { exact: true }).waitFor();
}

async function downloaded(link: Locator): Promise<Buffer> {
  const [download] = await Promise.all([dashboard.waitForEvent("download"), link.click()]);
  return await readFile(await download.path());
}

const always = (): boolean => true;
const never = (): boolean => false;

function hoursFromNow(hours: number): string {
  return new Date(Date.now() + hours * 60 * 60 * 1000).toISOString();
}
