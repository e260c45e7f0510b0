import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { showShared } from "#usecases/report-shares/read-shared.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { agreedAddress, builtReport, deliveryOf, logOf, type BuiltReport } from "./built-report.ts";
import { deliveryDeps, type DeliveryDeps } from "./delivery-deps.ts";

let database: TestDatabase;
let site: TestSite;
let user: UserPrincipal;
let deps: DeliveryDeps;
let report: BuiltReport;

const BOSS = "boss@else.example";

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = deliveryDeps(database.db);
  await agreedAddress(database.db, site, BOSS);
  report = await builtReport(database.db, { site, deps }, { recipients: [BOSS], createdBy: user.userId });
});

async function deliver(of: BuiltReport = report, index = 0) {
  return await deliverReport(deps, { database: "main", deliveryId: of.deliveryIds[index] ?? "" });
}

async function state(of: BuiltReport = report, index = 0) {
  return await deliveryOf(database.db, of.deliveryIds[index] ?? "");
}

async function log(of: BuiltReport = report) {
  return await logOf(database.db, of.deliveryIds[0] ?? "");
}

test("the mail carries the PDF under the delivery's id as key, and its log says so", async () => {
  expect(await deliver()).toEqual({ kind: "sent" });

  expect(deps.mails).toMatchObject([
    {
      key: report.deliveryIds[0],
      message: {
        to: BOSS,
        subject: "Spring",
        reference: report.deliveryIds[0],
        text: expect.stringContaining("Look at Tuesday"),
        attachments: [{ filename: "Spring 2026-03-01 to 2026-03-02.pdf", contentType: "application/pdf" }],
      },
    },
  ]);
  expect(await state()).toMatchObject({
    status: "sent",
    failure: null,
    attempts: 1,
    nextAttemptAt: null,
    sentAt: "2026-03-09T10:00:00.000Z",
    providerId: `re_${report.deliveryIds[0]}`,
  });
  expect(await log()).toEqual(["sent"]);
});

test("the message coming twice, even at once, sends one mail", async () => {
  await Promise.all([deliver(), deliver(), deliver()]);
  expect(await deliver()).toEqual({ kind: "nothing_to_do" });
  expect(deps.mails).toHaveLength(1);
  expect(await log()).toEqual(["sent"]);
});

test("a member's mail leads to the dashboard, nobody else's does", async () => {
  const both = await builtReport(
    database.db,
    { site, deps },
    { recipients: [user.email, BOSS], members: [user.email] },
  );
  await deliver(both, 0);
  await deliver(both, 1);
  const [member, outside] = deps.mails.map(({ message }) => message.text);
  expect(member).toContain(`https://app.test/reports/${both.publicId}`);
  expect(outside).not.toContain(both.publicId);
});

test("a provider that asks to wait is not asked before, by no mail at all", async () => {
  const other = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  deps.failures.push({ kind: "rate_limited", retryAfterSeconds: 7 });
  expect(await deliver()).toEqual({ kind: "waiting" });
  expect(await state()).toMatchObject({ status: "built", failure: "The mail provider asked to wait" });
  expect(Date.parse((await state()).nextAttemptAt ?? "")).toBeGreaterThanOrEqual(
    Date.parse("2026-03-09T10:00:07.000Z"),
  );
  expect(deps.queued.at(-1)?.delaySeconds).toBeGreaterThanOrEqual(7);

  expect(await deliver()).toEqual({ kind: "waiting" });
  expect(await deliver(other)).toEqual({ kind: "waiting" });
  expect(deps.mails).toEqual([]);

  deps.setNow("2026-03-09T10:00:30.000Z");
  expect([await deliver(), await deliver(other)]).toEqual([{ kind: "sent" }, { kind: "sent" }]);
  expect(await log()).toEqual(["rate_limited", "sent"]);
});

test("many mails that are due at once are given turns at the provider's pace, each a turn of its own", async () => {
  deps = deliveryDeps(database.db, { perSecond: 2 });
  const many = await builtReport(
    database.db,
    { site, deps },
    { recipients: Array.from({ length: 12 }, (_, n) => `r${n}@else.example`) },
  );
  for (let n = 0; n < 12; n += 1) await agreedAddress(database.db, site, `r${n}@else.example`);
  const outcomes = await Promise.all(many.deliveryIds.map((_, index) => deliver(many, index)));
  // Within the first second three may go: at 0, 0.5 and 1.
  expect(outcomes.filter(({ kind }) => kind === "sent")).toHaveLength(3);
  const turns = await Promise.all(
    many.deliveryIds.map(async (_, index) => (await state(many, index)).nextAttemptAt),
  );
  expect(turns.filter((turn) => turn !== null).toSorted()).toEqual(
    Array.from({ length: 9 }, (_, n) =>
      new Date(Date.parse("2026-03-09T10:00:01.500Z") + n * 500).toISOString(),
    ),
  );
  // Whose turn has come goes without another.
  deps.setNow("2026-03-09T10:00:06.000Z");
  for (let index = 0; index < 12; index += 1) await deliver(many, index);
  expect(deps.mails).toHaveLength(12);
});

test("no answer, though the mail was taken: the retry is the same mail under the same key, so there is one", async () => {
  deps.failures.push({ kind: "ambiguous", reason: "TimeoutError", isTaken: true });
  expect(await deliver()).toEqual({ kind: "waiting" });
  expect(await state()).toMatchObject({ status: "built", failure: "No answer came: TimeoutError" });
  deps.setNow("2026-03-10T08:00:00.000Z");
  // What has changed since must not change the mail.
  await database.db.execute(sql`update site.sites set name = 'Renamed' where id = ${site.siteId}`);
  const [first] = structuredClone(deps.mails);
  deps.mails.length = 0;
  expect(await deliver()).toEqual({ kind: "sent" });
  expect(deps.mails).toEqual([first]);
  expect(await log()).toEqual(["ambiguous", "sent"]);
});

test("a day after an attempt without answer nothing is sent any more: what became of it is unknown", async () => {
  deps.failures.push({ kind: "ambiguous", reason: "TimeoutError" });
  await deliver();
  deps.setNow("2026-03-10T09:30:00.000Z");
  expect(await deliver()).toEqual({ kind: "unknown" });
  expect(deps.mails).toEqual([]);
  expect(await state()).toMatchObject({ status: "unknown", failure: "No answer came: TimeoutError" });
  expect(deps.logged).toContain("warn delivery_unknown");
  expect(await deliver()).toEqual({ kind: "nothing_to_do" });
});

test("with a provider that knows no keys a doubtful attempt is the last", async () => {
  deps = deliveryDeps(database.db, { idempotencyWindowMs: 0 });
  report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  deps.failures.push(
    { kind: "unavailable", reason: "status 503" },
    { kind: "ambiguous", reason: "status 500", isTaken: true },
  );
  expect(await deliver()).toEqual({ kind: "waiting" });
  deps.setNow("2026-03-09T10:01:00.000Z");
  expect(await deliver()).toEqual({ kind: "unknown" });
  deps.setNow("2026-03-09T10:09:00.000Z");
  expect(await deliver()).toEqual({ kind: "nothing_to_do" });
  expect(deps.mails).toHaveLength(1);
  expect(await log()).toEqual(["unavailable", "ambiguous"]);
});

test("an attempt that was broken off is a doubt, once it cannot be under way any more", async () => {
  const { mailer } = deps;
  const isDead = { ...mailer, send: async () => await Promise.reject(new Error("isolate died")) };
  for (const idempotencyWindowMs of [0, 86_400_000]) {
    report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
    deps.setNow("2026-03-09T10:00:00.000Z");
    deps.mailer = isDead;
    await expect(deliver()).rejects.toThrow("isolate died");
    deps.mailer = { ...mailer, idempotencyWindowMs };
    // It may be under way elsewhere.
    deps.setNow("2026-03-09T10:00:25.000Z");
    expect(await deliver()).toEqual({ kind: "waiting" });
    deps.setNow("2026-03-09T10:00:30.000Z");
    expect(await deliver()).toEqual({ kind: idempotencyWindowMs === 0 ? "unknown" : "sent" });
  }
  expect(deps.mails).toHaveLength(1);
});

test("a doubt stays, whatever the later attempts say", async () => {
  deps.failures.push(
    { kind: "ambiguous", reason: "TimeoutError" },
    { kind: "rate_limited", retryAfterSeconds: 1 },
    { kind: "unavailable", reason: "status 503" },
  );
  for (const minute of ["00", "05", "10"]) {
    deps.setNow(`2026-03-09T10:${minute}:00.000Z`);
    await deliver();
  }
  deps.setNow("2026-03-11T10:00:00.000Z");
  expect(await deliver()).toEqual({ kind: "unknown" });
  expect((await state()).failure).toBe("No answer came: TimeoutError");
});

test("a refusal under the key of a doubtful attempt ends it as failed: what was taken would not be refused", async () => {
  deps.failures.push(
    { kind: "ambiguous", reason: "status 500" },
    { kind: "rejected", reason: "validation_error", isPermanent: true },
  );
  await deliver();
  deps.setNow("2026-03-09T10:05:00.000Z");
  expect(await deliver()).toEqual({ kind: "failed" });
  expect(await state()).toMatchObject({ failureKind: "rejected", failure: "validation_error" });
  expect(deps.mails).toEqual([]);
});

test("after a doubtful attempt an address that is blocked leaves it unknown: the first mail may be why", async () => {
  deps.failures.push(
    { kind: "ambiguous", reason: "TimeoutError", isTaken: true },
    { kind: "suppressed", reason: "bounced" },
  );
  await deliver();
  deps.setNow("2026-03-09T10:05:00.000Z");
  expect(await deliver()).toEqual({ kind: "unknown" });
});

test("a day of attempts that surely sent nothing ends as failed", async () => {
  deps.failures.push({ kind: "unavailable", reason: "status 503" });
  await deliver();
  deps.setNow("2026-03-11T10:00:00.000Z");
  expect(await deliver()).toEqual({ kind: "failed" });
  expect(await state()).toMatchObject({
    failureKind: "expired",
    failure: expect.stringContaining("status 503"),
  });
});

test("an address the provider refuses is failed at once, with its reason, and the others are sent", async () => {
  const both = await builtReport(database.db, { site, deps }, { recipients: [BOSS, user.email] });
  deps.failures.push({ kind: "rejected", reason: "validation_error: Invalid `to`", isPermanent: true });
  expect(await deliver(both, 0)).toEqual({ kind: "failed" });
  expect(await deliver(both, 1)).toEqual({ kind: "sent" });
  expect(await state(both, 0)).toMatchObject({
    status: "failed",
    failureKind: "rejected",
    failure: "validation_error: Invalid `to`",
  });
});

test("an address that the provider sends nothing to any more gets nothing from us either", async () => {
  deps.failures.push({ kind: "suppressed", reason: "Inactive recipient" });
  expect(await deliver()).toEqual({ kind: "failed" });
  const next = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  expect(await deliver(next)).toEqual({ kind: "failed" });
  expect(await state(next)).toMatchObject({ failureKind: "suppressed", attempts: 0 });
});

test("a key that the provider knows for another mail leaves it unknown", async () => {
  deps.failures.push({ kind: "key_reused", reason: "invalid_idempotent_request" });
  expect(await deliver()).toEqual({ kind: "unknown" });
});

test("a key the operator must mend is tried again later", async () => {
  deps.failures.push({ kind: "rejected", reason: "invalid_api_key", isPermanent: false });
  expect(await deliver()).toEqual({ kind: "waiting" });
  expect(await state()).toMatchObject({ nextAttemptAt: "2026-03-09T10:10:00.000Z" });
  deps.setNow("2026-03-09T10:10:00.000Z");
  expect(await deliver()).toEqual({ kind: "sent" });
});

test("a late answer that it was sent holds, whatever was written meanwhile", async () => {
  const { mailer } = deps;
  let answer = (): void => undefined;
  const isAsked = new Promise<void>((asked) => {
    deps.mailer = {
      ...mailer,
      idempotencyWindowMs: 0,
      send: async (...mail) => {
        asked();
        await new Promise<void>((resolve) => (answer = resolve));
        return await mailer.send(...mail);
      },
    };
  });
  const slow = deliver();
  await isAsked;
  deps.setNow("2026-03-09T10:02:00.000Z");
  expect(await deliver()).toEqual({ kind: "unknown" });
  answer();
  expect(await slow).toEqual({ kind: "sent" });
  expect(await state()).toMatchObject({ status: "sent", failure: null });
});

test("a mail asked for before its report is built is left to the build; one without its files fails", async () => {
  const early = await builtReport(database.db, { site, deps }, { recipients: [BOSS], status: "pending" });
  expect(await deliver(early)).toEqual({ kind: "nothing_to_do" });
  expect(await state(early)).toMatchObject({ status: "pending", attempts: 0 });
  deps.files.clear();
  expect(await deliver()).toEqual({ kind: "failed" });
  expect(await state()).toMatchObject({ failureKind: "files_gone", failure: "The report's files are gone" });
});

test("files over four megabytes are linked for members; outside the PDF goes alone, where it fits", async () => {
  const large = { formats: ["pdf", "xlsx"], pdfBytes: 1_000_000, xlsxBytes: 3_500_000 };
  const both = await builtReport(
    database.db,
    { site, deps },
    { ...large, recipients: [user.email, BOSS], members: [user.email] },
  );
  await deliver(both, 0);
  await deliver(both, 1);
  expect(deps.mails.map(({ message }) => message.attachments)).toEqual([undefined, undefined]);
  expect(deps.mails[0]?.message.text).toContain(
    `"linked":{"formats":["pdf","xlsx"],"url":"https://app.test/reports/${both.publicId}"`,
  );
  const link = /https:\/\/app\.test\/shared\/([0-9a-f]{64})","endsOn":"2026-04-08"/;
  expect(deps.mails[1]?.message.text).toMatch(link);
  expect(deps.mails[1]?.message.text).not.toContain("/reports/");
});

test("a link in a mail is the same in each attempt, opens that report, and is kept nowhere once it is sent", async () => {
  const large = await builtReport(database.db, { site, deps }, { recipients: [BOSS], pdfBytes: 4_000_001 });
  deps.failures.push({ kind: "unavailable", reason: "away" });
  const texts: string[] = [];
  const { renderReportMail } = deps;
  deps.renderReportMail = (facts) => {
    const mail = renderReportMail(facts);
    texts.push(mail.text);
    return mail;
  };
  expect(await deliver(large)).toEqual({ kind: "waiting" });
  deps.setNow("2026-03-09T11:00:00.000Z");
  expect(await deliver(large)).toEqual({ kind: "sent" });
  expect(texts).toHaveLength(2);
  expect(texts[1]).toBe(texts[0]);
  const token = /shared\/([0-9a-f]{64})/.exec(texts[0] ?? "")?.[1] ?? "";
  expect(await showShared(deps, { token, pass: null })).toMatchObject({ ok: true, value: { state: "open" } });
  const { rows } = await database.db.execute<{ row: string }>(sql`
    select row_to_json(d)::text as row from site.report_deliveries d
    union all select row_to_json(s)::text from site.report_shares s`);
  expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
});

test("a user's first delivered report is remembered once", async () => {
  await deliver();
  deps.setNow("2026-03-09T12:00:00.000Z");
  await deliver(
    await builtReport(database.db, { site, deps }, { recipients: [BOSS], createdBy: user.userId }),
  );
  const { rows } = await database.db.execute<{ minutes: number }>(sql`
    select extract(epoch from first_report_delivered_at - registered_at)::int / 60 as minutes
    from control.user_metrics where user_id = ${user.userId}`);
  expect(rows).toEqual([{ minutes: 60 }]);
});

test("a delivery nobody knows is nothing to do", async () => {
  expect(await deliverReport(deps, { database: "main", deliveryId: "dlv_none" })).toEqual({
    kind: "nothing_to_do",
  });
});
