import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoState } from "./fixture-state.ts";
import { startDashboard } from "./open-dashboard.ts";
import type { Dashboard } from "./open-dashboard.ts";

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});

afterAll(async () => {
  await dashboard.close();
});

/** Four times as wide as high, and larger than any screen. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="1000"><rect width="4000" height="1000" fill="#7b1e3a"/></svg>`;
const PNG_WIDTH_AT = 16;

describe("how reports look", () => {
  test("a drawing is sent as a PNG of at most 1,000 px, and the cover shows what was chosen", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/settings/reports", state);
    const sent = page.waitForRequest((request) => request.url().endsWith("/report-logos"));
    const buffer = Buffer.from(SVG);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer });
    expect((await sent).headers()["content-type"]).toBe("image/png");
    await page.locator(".logo-box img").waitFor({ state: "attached" });
    const bytes = state.reporting.logo ?? Buffer.alloc(0);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    const [width, height] = [bytes.readUInt32BE(PNG_WIDTH_AT), bytes.readUInt32BE(PNG_WIDTH_AT + 4)];
    expect(width).toBeLessThanOrEqual(1_000);
    expect(width / height).toBeCloseTo(4, 1);

    await page.getByRole("textbox", { name: /^Accent colour/ }).fill("#7b1e3a");
    const band = page.locator(".cover-band");
    expect(await band.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      "rgb(123, 30, 58)",
    );
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Reports from now on look like this.").waitFor();
    expect(state.reporting.settings).toEqual({
      logo: `${"ab".repeat(32)}.png`,
      accent: "#7b1e3a",
      footer: "Nordkost GmbH, Hamburg",
      language: "de",
      locale: "de-DE",
      retentionDays: 365,
    });
  });

  test("what is no picture is refused here, and never sent", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/settings/reports", state);
    const file = { name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("The file is no picture that this browser can show.").waitFor();
    expect(state.calls).not.toContain("POST /report-logos");
  });
});

describe("who gets reports", () => {
  test("only those that have not answered, or bounced, can be asked again", async () => {
    const state = demoState();
    const { page } = await dashboard.open("/settings/reports", state);
    const table = page.getByRole("table", { name: "Who gets reports" });
    await table.waitFor();
    expect(await table.getByRole("button", { name: /again: / }).allTextContents()).toEqual([
      "Ask again",
      "Try again",
    ]);
    await table.getByRole("button", { name: "Ask again: sponsor@radio.example" }).click();
    await page.getByText("A mail asks sponsor@radio.example once more.").waitFor();
    expect(state.calls).toContain("POST /report-addresses/adr_3/ask");
  });
});
