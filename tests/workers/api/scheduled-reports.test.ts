// @module-tag long
import { sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { list } from "#contract/primitives.ts";
import { report as reportShape, type Report } from "#contract/reports.ts";
import { schedule as scheduleShape, type Schedule } from "#contract/report-schedules.ts";
import type { Person } from "./people.ts";
import {
  addShop,
  settledReport,
  signUpConfirmed,
  sharedReportStack,
  type ReportStack,
  type Shop,
} from "./reports-stack.ts";

const EVERY_MINUTE = "* * * * *";

let stack: ReportStack;
let owner: Person;
let shop: Shop;

beforeAll(async () => {
  stack = await sharedReportStack();
  owner = await signUpConfirmed(stack);
  shop = await addShop(stack, owner);
});

async function make(more: object): Promise<Schedule> {
  const { status, body } = await owner.ask("POST /api/v1/report-schedules", {
    name: "Every morning",
    cadence: "daily",
    hour: 8,
    siteId: shop.siteId,
    recipients: [owner.email],
    ...more,
  });
  expect(status).toBe(201);
  return scheduleShape.parse(body);
}

/** As if its time had come: the real one lies up to a day ahead. */
async function makeDue(...schedules: Schedule[]): Promise<void> {
  for (const { id } of schedules) {
    // oxlint-disable-next-line no-await-in-loop
    await stack.db.execute(sql`
      update site.report_schedules set next_at = now() - interval '1 minute' where public_id = ${id}`);
  }
}

async function reportsOf({ id }: Schedule): Promise<Report[]> {
  const { body } = await owner.ask(`GET /api/v1/reports?schedule=${id}`);
  return list(reportShape).parse(body).items;
}

test("a schedule that is due mails its report once, however often the cron comes", async () => {
  const subject = `Figures of ${shop.siteId}`;
  // What happened today is in no report yet: this one has nothing to tell, and is sent all the same.
  const made = await make({ subject, formats: ["pdf", "csv"] });
  const quiet = await make({ name: "Only when something happens", skipEmpty: true });
  await makeDue(made, quiet);
  const outcomes = await Promise.all([stack.runCron(EVERY_MINUTE), stack.runCron(EVERY_MINUTE)]);
  expect(outcomes).toEqual(["ok", "ok"]);

  const [first] = await reportsOf(made);
  const report = await settledReport(owner, first?.id ?? "");
  expect(report).toMatchObject({
    status: "ready",
    schedule: { id: made.id },
    deliveries: [{ status: "sent" }],
  });
  await stack.runCron(EVERY_MINUTE);
  expect(await reportsOf(made)).toHaveLength(1);

  const mails = (await stack.mails(owner.email)).filter((mail) => mail.subject === subject);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.attachments).toHaveLength(2);

  const skipped = await vi.waitFor(
    async () => {
      const [only] = await reportsOf(quiet);
      expect(only?.status).toBe("skipped");
      return only;
    },
    { timeout: 30_000, interval: 300 },
  );
  expect(skipped?.deliveries).toEqual([]);
  const { body } = await owner.ask(`GET /api/v1/report-schedules/${made.id}`);
  expect(body).toMatchObject({ lastRun: { reportId: report.id, status: "ready" }, failure: null });
});

test("a test goes to whoever asks, and says that it is one", async () => {
  const subject = `Test of ${shop.siteId}`;
  const made = await make({ subject, recipients: ["boss@else.example"] });
  const answer = await owner.ask(`POST /api/v1/report-schedules/${made.id}/test`);
  expect(answer.status).toBe(202);
  await settledReport(owner, reportShape.parse(answer.body).id);
  const [mail] = (await stack.mails(owner.email)).filter((one) => one.subject.includes(subject));
  expect(`${mail?.subject} ${mail?.text}`).toMatch(/test/i);
  expect((await stack.mails("boss@else.example")).filter((one) => one.subject.includes(subject))).toEqual([]);
});
