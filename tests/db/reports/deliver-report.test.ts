import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Delivery, Report } from "#contract/reports.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { buildReport } from "#usecases/reports/build-report.ts";
import { createReport } from "#usecases/reports/create-report.ts";
import { deliverReport } from "#usecases/reports/deliver-report.ts";
import { getReport } from "#usecases/reports/get-report.ts";
import { createUser, valueOf } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { reportDeps, type ReportDeps } from "./report-deps.ts";

let database: TestDatabase;
let site: TestSite;
let user: UserPrincipal;
let deps: ReportDeps;
let report: Report;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = reportDeps(database.db);
  report = await order(["boss@else.example"]);
  await build();
});

async function order(recipients: string[]): Promise<Report> {
  const request = {
    siteId: site.publicId,
    from: "2026-03-01",
    to: "2026-03-02",
    title: "Spring",
    note: "Look at Tuesday",
    recipients,
  };
  return valueOf(await createReport(deps, { principal: user, request }));
}

async function build(): Promise<void> {
  await buildReport(deps, { database: "main", reportId: report.id });
}

async function deliver(index = 0) {
  return await deliverReport(deps, { database: "main", deliveryId: report.deliveries[index]?.id ?? "" });
}

async function state(index = 0): Promise<Delivery | undefined> {
  const read = valueOf(await getReport(deps, { principal: user, reportId: report.id }));
  return read.deliveries[index];
}

test("the mail carries the figures, the sender's words and the PDF, under the delivery's id as key", async () => {
  expect(await deliver()).toEqual({ ok: true, value: { kind: "sent" } });

  const attachment = { filename: "Spring 2026-03-01 to 2026-03-02.pdf", contentType: "application/pdf" };
  expect(deps.mails).toMatchObject([
    {
      key: report.deliveries[0]?.id,
      message: {
        to: "boss@else.example",
        subject: expect.stringContaining("Spring"),
        text: expect.stringMatching(/Look at Tuesday[^]*€400\.00/),
        html: expect.not.stringContaining("app.test"),
        attachments: [attachment],
      },
    },
  ]);
  expect(await state()).toMatchObject({ status: "sent", failure: null, sentAt: "2026-03-09T10:00:00.000Z" });
});

test("the message coming twice, even at once, sends one mail", async () => {
  await Promise.all([deliver(), deliver()]);
  expect(await deliver()).toEqual({ ok: true, value: { kind: "nothing_to_do" } });
  expect(deps.mails).toHaveLength(1);
  expect((await state())?.status).toBe("sent");
});

test("a member's mail leads to the dashboard", async () => {
  report = await order([user.email]);
  await build();
  await deliver();
  expect(deps.mails[0]?.message.html).toContain(`https://app.test/reports?site=${site.publicId}`);
});

test("a provider that asks to wait is asked again after that time, and nothing is lost", async () => {
  deps.failures.push({ kind: "rate_limited", retryAfterSeconds: 7 });
  expect(await deliver()).toMatchObject({ ok: false, error: { kind: "retry_later", afterSeconds: 7 } });
  expect(await state()).toMatchObject({ status: "pending", sentAt: null });
  expect(deps.mails).toEqual([]);

  expect((await deliver()).ok).toBe(true);
  expect(await state()).toMatchObject({ status: "sent", failure: null });
});

test("no answer, though the mail was taken: the retry is the same mail under the same key, so there is one", async () => {
  deps.failures.push({ kind: "ambiguous_timeout", reason: "TimeoutError", isTaken: true });
  expect(await deliver()).toMatchObject({ ok: false, error: { kind: "retry_later" } });
  deps.setNow("2026-03-10T08:00:00.000Z");
  // What has changed since must not change the mail.
  await database.db.execute(sql`update site.sites set name = 'Renamed' where id = ${site.siteId}`);
  const [first] = structuredClone(deps.mails);
  deps.mails.length = 0;
  expect(await deliver()).toEqual({ ok: true, value: { kind: "sent" } });

  expect(deps.mails).toEqual([first]);
  expect((await state())?.status).toBe("sent");
});

test("a day after an attempt without answer nothing is sent any more: what became of it is unknown", async () => {
  deps.failures.push({ kind: "ambiguous_timeout", reason: "TimeoutError" });
  await deliver();
  deps.setNow("2026-03-10T09:30:00.000Z");
  expect(await deliver()).toEqual({ ok: true, value: { kind: "unknown" } });

  expect(deps.mails).toEqual([]);
  expect(await state()).toMatchObject({ status: "unknown", failure: "No answer came: TimeoutError" });
  expect(await deliver()).toEqual({ ok: true, value: { kind: "nothing_to_do" } });
});

test("a doubt stays, whatever the later attempts say", async () => {
  deps.failures.push(
    { kind: "ambiguous_timeout", reason: "TimeoutError" },
    { kind: "rate_limited", retryAfterSeconds: 1 },
    { kind: "unavailable", reason: "status 503" },
  );
  for (let attempt = 0; attempt < 3; attempt += 1) await deliver();
  deps.setNow("2026-03-11T10:00:00.000Z");
  expect(await deliver()).toEqual({ ok: true, value: { kind: "unknown" } });
});

test("an attempt that was broken off is a doubt too", async () => {
  const { mailer } = deps;
  deps.mailer = {
    send: async () => {
      throw new Error("isolate died");
    },
  };
  await expect(deliver()).rejects.toThrow("isolate died");
  deps.mailer = mailer;
  deps.setNow("2026-03-11T10:00:00.000Z");
  expect(await deliver()).toEqual({ ok: true, value: { kind: "unknown" } });
  expect(deps.mails).toEqual([]);
});

test("a day of attempts that surely sent nothing ends as failed", async () => {
  deps.failures.push({ kind: "unavailable", reason: "status 503" });
  await deliver();
  deps.setNow("2026-03-11T10:00:00.000Z");
  expect(await deliver()).toEqual({ ok: true, value: { kind: "failed" } });
  expect((await state())?.failure).toContain("status 503");
});

test("an address the provider refuses is failed at once, with its reason", async () => {
  deps.failures.push({ kind: "rejected", reason: "validation_error: Invalid `to`", isPermanent: true });
  expect(await deliver()).toEqual({ ok: true, value: { kind: "failed" } });
  expect(await state()).toMatchObject({ status: "failed", failure: "validation_error: Invalid `to`" });
  expect(await deliver()).toEqual({ ok: true, value: { kind: "nothing_to_do" } });
});

test("a key that the provider knows for another mail leaves it unknown", async () => {
  deps.failures.push({
    kind: "rejected",
    reason: "invalid_idempotent_request: Same idempotency key used with a different request payload.",
    isPermanent: true,
  });
  expect(await deliver()).toEqual({ ok: true, value: { kind: "unknown" } });
});

test("a key the operator must mend is tried again later", async () => {
  deps.failures.push({ kind: "rejected", reason: "invalid_api_key", isPermanent: false });
  expect(await deliver()).toMatchObject({ ok: false, error: { afterSeconds: 600 } });
  expect((await deliver()).ok).toBe(true);
});

test("a mail asked for before its report is built waits; without its files it fails", async () => {
  const early = await order(["boss@else.example"]);
  const deliveryId = early.deliveries[0]?.id ?? "";
  expect(await deliverReport(deps, { database: "main", deliveryId })).toMatchObject({
    error: { kind: "retry_later" },
  });
  deps.files.clear();
  expect(await deliver()).toEqual({ ok: true, value: { kind: "failed" } });
  expect((await state())?.failure).toBe("The report's files are gone");
});

test("a user's first delivered report is remembered once", async () => {
  await deliver();
  report = await order(["boss@else.example"]);
  await build();
  deps.setNow("2026-03-09T12:00:00.000Z");
  await deliver();

  const { rows } = await database.db.execute<{ minutes: number }>(sql`
    select extract(epoch from first_report_delivered_at - registered_at)::int / 60 as minutes
    from control.user_metrics where user_id = ${user.userId}`);
  expect(rows).toEqual([{ minutes: 60 }]);
});

test("a delivery nobody knows is nothing to do", async () => {
  expect(await deliverReport(deps, { database: "main", deliveryId: "dlv_none" })).toEqual({
    ok: true,
    value: { kind: "nothing_to_do" },
  });
});
