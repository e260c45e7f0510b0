import { describe, expect, test } from "vitest";
import { createReportRequest } from "#contract/reports.ts";
import { createScheduleRequest, updateScheduleRequest } from "#contract/report-schedules.ts";
import type { Schedule } from "#contract/report-schedules.ts";
import type { ReportSettings } from "#contract/report-settings.ts";
import { newContent, shownSections, splitAddresses } from "#frontend/reports/content-values.ts";
import { localeFor, localeOptions } from "#frontend/reports/locale-options.ts";
import { reportErrors, reportRequest } from "#frontend/screens/reports/report-form.ts";
import type { ReportValues } from "#frontend/screens/reports/report-form.ts";
import {
  coversFor,
  createRequest,
  newSchedule,
  scheduleErrors,
  scheduleValues,
  updateRequest,
} from "#frontend/screens/reports/schedule-form.ts";

const SETTINGS: ReportSettings = {
  logo: null,
  accent: "#123456",
  footer: "Nordkost GmbH",
  language: "de",
  locale: "de-CH",
  retentionDays: null,
};
const given = { siteId: "site_1", campaignId: null, settings: SETTINGS, recipients: "a@x.example" };

function values(changes: Partial<ReportValues> = {}): ReportValues {
  return {
    ...newContent(given),
    days: "range",
    from: "2026-11-01",
    to: "2026-11-30",
    period: "last_month",
    ...changes,
  };
}

describe("the form of a report", () => {
  test("reads recipients however they are divided, each once", () => {
    expect(splitAddresses("a@x.example, B@x.example;a@X.example\nc@x.example")).toEqual([
      "a@x.example",
      "b@x.example",
      "c@x.example",
    ]);
  });

  test("names the address that is none, and a range that ends before it begins", () => {
    expect(reportErrors(values())).toEqual({});
    expect(reportErrors(values({ recipients: "a@x.example, nobody" }))["recipients"]).toContain("nobody");
    expect(reportErrors(values({ to: "2026-10-30" }))).toHaveProperty("to");
    expect(reportErrors(values({ to: "2026-10-30", days: "period" }))).toEqual({});
    const many = Array.from({ length: 21 }, (_, index) => `a${index}@x.example`).join(",");
    expect(reportErrors(values({ recipients: many }))).toHaveProperty("recipients");
  });

  test("asks for a sponsor's campaigns, for one site unless it is a summary, and for a file", () => {
    expect(reportErrors(values({ kind: "sponsor" }))).toHaveProperty("campaigns");
    expect(reportErrors(values({ kind: "sponsor", campaigns: "cmp_1" }))).toEqual({});
    expect(reportErrors(values({ kind: "roi", site: "" }))).toHaveProperty("site");
    expect(reportErrors(values({ kind: "executive-summary", site: "" }))).toEqual({});
    expect(reportErrors(values({ formats: "" }))).toHaveProperty("formats");
    expect(reportErrors(values({ hasOwnBranding: true, accent: "teal" }))).toHaveProperty("accent");
  });

  test("asks the API for either days or a period, and leaves to the settings what they say", () => {
    const byRange = reportRequest(values(), SETTINGS);
    expect(byRange).toMatchObject({
      from: "2026-11-01",
      to: "2026-11-30",
      siteId: "site_1",
      formats: ["pdf"],
    });
    for (const name of ["period", "language", "locale", "branding", "sections", "currency"]) {
      expect(byRange).not.toHaveProperty(name);
    }
    const byPeriod = reportRequest(values({ days: "period", language: "fr", locale: "fr-FR" }), SETTINGS);
    expect(byPeriod).toMatchObject({ period: "last_month", language: "fr", locale: "fr-FR" });
    expect(byPeriod).not.toHaveProperty("from");
    for (const request of [byRange, byPeriod]) expect(createReportRequest.parse(request)).toEqual(request);
  });

  test("shows the kind's sections until others are chosen, and of several sites none of one alone", () => {
    expect(shownSections(values({ kind: "sponsor" }))).not.toContain("channels");
    expect(shownSections(values({ sections: "journeys,kpis" }))).toEqual(["kpis", "journeys"]);
    const account = shownSections(values({ kind: "executive-summary", site: "" }));
    expect(account).toContain("sites");
    expect(account).not.toContain("journeys");
  });
});

describe("the form of a schedule", () => {
  test("gives back to the settings what it no longer says", () => {
    const own = newSchedule({ ...newContent(given), language: "en", locale: "en-US" }, "Europe/Berlin");
    const asked = updateRequest({ ...own, name: "Mondays" }, SETTINGS);
    expect(asked).toMatchObject({ language: "en", locale: "en-US", branding: null, currency: null });
    expect(updateScheduleRequest.parse(asked)).toEqual(asked);
    const left = updateRequest({ ...own, name: "Mondays", language: "de", locale: "de-CH" }, SETTINGS);
    expect(left).toMatchObject({ language: null, locale: null, siteId: "site_1" });
  });

  test("sends a weekday for weeks, a day of the month for months, and neither for days", () => {
    const base = {
      ...newSchedule(newContent(given), "Europe/Berlin"),
      name: "x",
      weekday: "3",
      monthDay: "31",
    };
    const asked = (cadence: string) => createRequest({ ...base, cadence }, SETTINGS);
    expect(asked("daily")).toMatchObject({ weekday: null, monthDay: null });
    expect(asked("weekly")).toMatchObject({ weekday: 3, monthDay: null });
    expect(asked("monthly")).toMatchObject({ weekday: null, monthDay: 31 });
    expect(createScheduleRequest.parse(asked("quarterly"))).toMatchObject({ weekday: null, monthDay: 31 });
  });

  test("lets the period follow the cadence until another one was chosen", () => {
    expect(coversFor("monthly", { cadence: "weekly", covers: "last_week" })).toBe("last_month");
    expect(coversFor("monthly", { cadence: "weekly", covers: "last_30_days" })).toBe("last_30_days");
  });

  test("of one that exists says again what it said, and nothing more", () => {
    const schedule: Schedule = {
      id: "sch_1",
      name: "Mondays",
      siteId: null,
      campaigns: [],
      kind: "executive-summary",
      cadence: "weekly",
      weekday: 1,
      monthDay: null,
      hour: 8,
      timeZone: "Asia/Kolkata",
      covers: "last_week",
      content: { model: "linear", branding: { accent: "#aa0000" } },
      recipients: [{ address: "a@x.example", state: "member" }],
      formats: ["pdf", "csv"],
      subject: null,
      note: "Hello",
      skipEmpty: true,
      pausedAt: null,
      next: [],
      lastRun: null,
      failure: null,
      createdAt: "2026-11-01T00:00:00.000Z",
    };
    const again = updateRequest(scheduleValues(schedule, SETTINGS), SETTINGS);
    expect(again).toMatchObject({
      name: "Mondays",
      siteId: null,
      kind: "executive-summary",
      model: "linear",
      hour: 8,
      timeZone: "Asia/Kolkata",
      recipients: ["a@x.example"],
      formats: ["pdf", "csv"],
      note: "Hello",
      skipEmpty: true,
      sections: null,
      language: null,
    });
    expect(again.branding).toMatchObject({ accent: "#aa0000" });
  });

  test("wants a name and somebody to send it to", () => {
    const empty = newSchedule(newContent({ ...given, recipients: "" }), "Europe/Berlin");
    expect(Object.keys(scheduleErrors(empty)).toSorted()).toEqual(["name", "recipients"]);
  });
});

describe("numbers and days", () => {
  test("follow the language, unless the variant is one of its own", () => {
    expect(localeFor("de", "en-GB")).toBe("de-DE");
    expect(localeFor("de", "de-CH")).toBe("de-CH");
  });

  test("keep a locale that is in no list", () => {
    expect(localeOptions("en-ZA").map(({ value }) => value)).toContain("en-ZA");
    expect(localeOptions("no locale").map(({ value }) => value)).not.toContain("no locale");
  });
});
