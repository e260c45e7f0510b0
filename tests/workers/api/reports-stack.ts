import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { Message } from "#scripts/stack/mail/mail-store.ts";
import { report as reportShape, type Report } from "#contract/reports.ts";
import type { WorkMessage } from "#contract/work-message.ts";
import { siteDay } from "#core/time/site-day.ts";
import { exitOnSigterm } from "#tests/support/exit-on-sigterm.ts";
import { startWorkers, type TestWorkerOptions } from "#tests/support/start-workers.ts";
import { eventId, visitorId } from "#tests/support/messages.ts";
import { addProgram, type Answer, type Person, SHOP, signUp, tokenMailedTo } from "./people.ts";
import type { EdgeNamespace, RunningApi } from "./start-api.ts";

export type ReportStack = RunningApi & {
  mailUrl: string;
  /** One mail with its attachments' bytes. */
  mail(id: string): Promise<Message>;
  enqueue(message: WorkMessage): Promise<void>;
  rollUp(): Promise<void>;
  collect(path: string, init?: RequestInit): Promise<Response>;
  /** Runs this cron; what came of it. */
  runCron(cron: string): Promise<string>;
};

/** One of a test's own, which can be stopped. */
export type OwnReportStack = ReportStack & { stop(): Promise<void> };

let shared: Promise<ReportStack> | undefined;

/** The one such stack that the files of this test process share, as they share `sharedApi`. It ends with the process. */
export async function sharedReportStack(): Promise<ReportStack> {
  exitOnSigterm();
  shared ??= startReportStack();
  return await shared;
}

/** All three Workers, seen as the helpers of the API's tests see one. */
export async function startReportStack(options: TestWorkerOptions = {}): Promise<OwnReportStack> {
  const started = await startWorkers(options);
  const { workers } = started;
  return {
    ...started,
    fetch: async (path, init) => await started.api(path, init),
    edgeConfig: async () => (await workers.bindings("api"))["EDGE_CONFIG"] as EdgeNamespace,
    takeLogs: () => workers.takeLogs(),
    mailUrl: started.mail.url,
    mail: async (id) =>
      (await (await fetch(new URL(`/api/messages/${id}`, started.mail.url))).json()) as Message,
    async enqueue(message) {
      const work = (await workers.bindings("api"))["WORK"] as { send(body: unknown): Promise<void> };
      await work.send(message);
    },
    runCron: async (cron) => (await workers.runCron(cron)).outcome,
    async rollUp() {
      expect((await workers.runCron("* * * * *")).outcome).toBe("ok");
    },
  };
}

export type Shop = { siteId: string; campaignId: string; from: string; to: string };

/**
 * A shop whose campaign earned 123.45 € from two orders of one visitor, for 50.00 € of spend: ROAS 2.469; and 10.00 €
 * that no campaign earned.
 */
export async function addShop(stack: ReportStack, owner: Person): Promise<Shop> {
  const site = await made(owner.ask("POST /api/v1/sites", SHOP));
  const campaign = await made(
    owner.ask(`POST /api/v1/sites/${site}/campaigns`, { name: "Spring Łódź", channel: "email" }),
  );
  const { at, day } = anHourAgo();
  const rows = [{ day, amountMinor: 5_000 }];
  expect((await owner.ask(`PUT /api/v1/campaigns/${campaign}/spend`, { rows })).status).toBe(200);

  const program = await addProgram(stack, owner, ["events:write"]);
  const [buyer, other] = [visitorId(), visitorId()];
  const url =
    "https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=Spring%20%C5%81%C3%B3d%C5%BA";
  const conversion = (visitor: string, minutes: number, value: string) => ({
    id: eventId(at + minutes * 60_000),
    at: at + minutes * 60_000,
    type: "conversion",
    visitor,
    conversion: { type: "purchase", value, currency: "EUR", orderId: randomUUID() },
  });
  const events = [
    { id: eventId(at), at, type: "pageview", visitor: buyer, url },
    conversion(buyer, 1, "100.00"),
    conversion(buyer, 2, "23.45"),
    { id: eventId(at), at, type: "pageview", visitor: other, url: "https://shop.example/" },
    conversion(other, 3, "10.00"),
  ];
  const sent = await program.ask("POST /api/v1/events", { siteId: site, events });
  expect(sent.body).toMatchObject({ accepted: 5, rejected: [] });
  await stack.rollUp();
  return { siteId: site, campaignId: campaign, from: day, to: day };
}

const VISITS_LAST_MS = 3 * 60_000;

/** When the visits begin, about an hour ago, and the site's day on which they begin and end. */
function anHourAgo(): { at: number; day: string } {
  const at = Date.now() - 3_600_000;
  const [day, lastDay] = [siteDay(at, SHOP.timeZone), siteDay(at + VISITS_LAST_MS, SHOP.timeZone)];
  return day === lastDay ? { at, day } : { at: at + VISITS_LAST_MS, day: lastDay };
}

async function made(answer: Promise<Answer>): Promise<string> {
  const { status, body } = await answer;
  expect(status).toBe(201);
  return String(body["id"]);
}

/** Someone who has shown that the address is theirs. */
export async function signUpConfirmed(stack: ReportStack): Promise<Person> {
  const person = await signUp(stack);
  const token = await tokenMailedTo(stack, person.email, /confirm/i);
  expect((await person.ask("POST /api/v1/auth/confirm", { token })).status).toBe(204);
  return person;
}

/** The report once its building and its mails have ended, whichever way. */
export async function settledReport(person: Person, id: string): Promise<Report> {
  return await vi.waitFor(
    async () => {
      const report = reportShape.parse((await person.ask(`GET /api/v1/reports/${id}`)).body);
      const isDone =
        report.status !== "pending" && report.deliveries.every((delivery) => isSettled(delivery));
      if (!isDone) throw new Error(`Report ${id} is ${JSON.stringify(report)}`);
      return report;
    },
    { timeout: 50_000, interval: 400 },
  );
}

/** Sent, given up, or waiting for a recipient who has not agreed yet. */
function isSettled({ status, failureKind }: Report["deliveries"][number]): boolean {
  return ["sent", "failed", "unknown"].includes(status) || failureKind === "not_confirmed";
}

/** An outside address says yes to the account's reports, by the link in the mail that asks. */
export async function agree(stack: ReportStack, address: string): Promise<void> {
  const token = await vi.waitFor(
    async () => {
      const texts = (await stack.mails(address)).map(({ text }) => text);
      const found = texts.flatMap(
        (text) => /confirm-address[^\s]*token=([0-9a-f]+)/.exec(text ?? "")?.[1] ?? [],
      );
      if (found[0] === undefined) throw new Error(`Nobody has asked ${address} yet`);
      return found[0];
    },
    { timeout: 20_000, interval: 100 },
  );
  const answer = await stack.fetch("/api/v1/report-addresses/confirm", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, agrees: true }),
  });
  expect(answer.status).toBe(204);
}
