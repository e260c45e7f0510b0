import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { systemIds } from "#platform/ids.ts";
import {
  changeSubscription,
  showSubscription,
  unsubscribeByClick,
} from "#usecases/delivery/change-subscription.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { agreedAddress, builtReport, deliveryOf } from "./built-report.ts";
import { deliveryDeps, NOW, type DeliveryDeps } from "./delivery-deps.ts";

const BOSS = "boss@else.example";

let database: TestDatabase;
let site: TestSite;
let deps: DeliveryDeps;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  deps = deliveryDeps(database.db);
  await agreedAddress(database.db, site, BOSS);
});

async function addSchedule(): Promise<{ scheduleId: number; token: string }> {
  const token = systemIds.secretHex(32);
  const { rows } = await database.db.execute<{ id: number }>(sql`
    with schedule as (
      insert into site.report_schedules (account_id, site_id, public_id, name, kind, cadence, hour, time_zone, covers,
        options, formats, created_at, updated_at)
      values (${site.accountId}, ${site.siteId}, ${systemIds.publicId("sch", new Date())}, 'Mondays',
        'campaign-performance', 'weekly', 8, 'Europe/Berlin', 'last_week', '{}', '{pdf}', ${NOW}::timestamptz,
        ${NOW}::timestamptz)
      returning id
    )
    insert into site.report_recipients (schedule_id, address, unsubscribe_token, added_at)
    select id, ${BOSS}, ${token}, ${NOW}::timestamptz from schedule returning schedule_id as id`);
  return { scheduleId: rows[0]?.id ?? 0, token };
}

async function send(scheduleId: number | null = null): Promise<string> {
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS], scheduleId });
  const deliveryId = report.deliveryIds[0] ?? "";
  await deliverReport(deps, { database: "main", deliveryId });
  return deliveryId;
}

function tokenOfLastMail(): string {
  const header = deps.mails.at(-1)?.message.headers?.["List-Unsubscribe"] ?? "";
  return /^<https:\/\/app\.test\/api\/v1\/unsubscribe\/([0-9a-f]{64})>$/.exec(header)?.[1] ?? "";
}

test("every mail carries the one click of RFC 8058 and the page of choices in its text", async () => {
  await send();
  const token = tokenOfLastMail();
  expect(token).not.toBe("");
  expect(deps.mails[0]?.message.headers).toMatchObject({
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
  expect(deps.mails[0]?.message.text).toContain(`https://app.test/unsubscribe/${token}`);
});

test("the click in a schedule's mail ends the schedule's mails and no others", async () => {
  const { scheduleId, token } = await addSchedule();
  await send(scheduleId);
  expect(tokenOfLastMail()).toBe(token);
  expect(await showSubscription(deps, token)).toEqual({
    ok: true,
    value: {
      address: BOSS,
      accountName: "Test account",
      language: "en",
      schedule: { name: "Mondays", isUnsubscribed: false },
      isUnsubscribedFromAll: false,
    },
  });

  expect((await unsubscribeByClick(deps, token)).ok).toBe(true);
  expect((await unsubscribeByClick(deps, token)).ok).toBe(true);
  const refused = await send(scheduleId);
  expect(await deliveryOf(database.db, refused)).toMatchObject({
    status: "failed",
    failureKind: "unsubscribed",
  });
  expect(await deliveryOf(database.db, await send())).toMatchObject({ status: "sent" });
  const other = await addSchedule();
  expect(await deliveryOf(database.db, await send(other.scheduleId))).toMatchObject({ status: "sent" });
});

test("the click in a mail of no schedule ends all of the account's, and of no other account", async () => {
  await send();
  const token = tokenOfLastMail();
  await unsubscribeByClick(deps, token);
  const { scheduleId } = await addSchedule();
  expect(await deliveryOf(database.db, await send(scheduleId))).toMatchObject({
    status: "failed",
    failureKind: "unsubscribed",
  });
  site = await createSite(database.db);
  await agreedAddress(database.db, site, BOSS);
  expect(await deliveryOf(database.db, await send())).toMatchObject({ status: "sent" });
});

test("the page ends all, and has them come again, also after a complaint", async () => {
  const { scheduleId, token } = await addSchedule();
  expect(
    await changeSubscription(deps, {
      token,
      change: { isUnsubscribedFromAll: true, schedule: { isUnsubscribed: true } },
    }),
  ).toMatchObject({ ok: true, value: { isUnsubscribedFromAll: true, schedule: { isUnsubscribed: true } } });
  await database.db.execute(sql`
    update control.mail_addresses set suppressed_at = now(), suppression = 'complaint'
    where account_id = ${site.accountId}`);
  expect((await addressStates(database.db, site.accountId, [BOSS])).get(BOSS)).toBe("complained");

  expect(
    await changeSubscription(deps, {
      token,
      change: { isUnsubscribedFromAll: false, schedule: { isUnsubscribed: false } },
    }),
  ).toMatchObject({ ok: true, value: { isUnsubscribedFromAll: false, schedule: { isUnsubscribed: false } } });
  expect(await deliveryOf(database.db, await send(scheduleId))).toMatchObject({ status: "sent" });
});

test("who was taken off the schedule before it was sent gets nothing", async () => {
  const { scheduleId } = await addSchedule();
  await database.db.execute(sql`
    update site.report_recipients set removed_at = now() where schedule_id = ${scheduleId}`);
  expect(await deliveryOf(database.db, await send(scheduleId))).toMatchObject({ status: "failed" });
  expect(deps.mails).toEqual([]);
});

test("a token nobody knows ends nothing", async () => {
  const token = systemIds.secretHex(32);
  expect(await showSubscription(deps, token)).toEqual({ ok: false, error: { kind: "unknown_link" } });
  expect(await unsubscribeByClick(deps, token)).toEqual({ ok: false, error: { kind: "unknown_link" } });
});
