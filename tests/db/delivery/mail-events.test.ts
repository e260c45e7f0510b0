import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { MailEvent } from "#core/report/mail-event.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { askAddressAgain } from "#usecases/delivery/ask-address-again.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { listAddresses } from "#usecases/delivery/list-addresses.ts";
import { noteMailEvent } from "#usecases/delivery/note-mail-event.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { agreedAddress, builtReport, deliveryOf } from "./built-report.ts";
import { deliveryDeps, type DeliveryDeps } from "./delivery-deps.ts";

const BOSS = "boss@else.example";
const AT = new Date("2026-03-09T10:05:00.000Z");

let database: TestDatabase;
let site: TestSite;
let deps: DeliveryDeps;
let deliveryId: string;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  deps = deliveryDeps(database.db);
  await agreedAddress(database.db, site, BOSS);
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  deliveryId = report.deliveryIds[0] ?? "";
});

async function deliver(): Promise<void> {
  await deliverReport(deps, { database: "main", deliveryId });
}

async function tell(kind: MailEvent["kind"], changes: Partial<MailEvent> = {}) {
  const event = {
    providerId: `re_${deliveryId}`,
    reference: deliveryId,
    kind,
    reason: "550 no such user",
    at: AT,
  };
  return await noteMailEvent(deps, { ...event, ...changes });
}

async function stateOf(): Promise<string | undefined> {
  return (await addressStates(database.db, site.accountId, [BOSS])).get(BOSS);
}

async function told() {
  const { rows } = await database.db.execute(sql`
    select status, bounced_at is not null as bounced, complained_at is not null as complained, bounce
    from site.report_deliveries where public_id = ${deliveryId}`);
  return rows[0];
}

test("a hard bounce is shown, and ends mail to the address in this account only", async () => {
  await deliver();
  expect(await tell("bounced")).toEqual({ kind: "noted" });
  expect(await tell("bounced", { reason: "again" })).toEqual({ kind: "noted" });
  expect(await told()).toEqual({
    status: "sent",
    bounced: true,
    complained: false,
    bounce: "550 no such user",
  });
  expect(await stateOf()).toBe("bounced");
  const other = await createSite(database.db);
  await agreedAddress(database.db, other, BOSS);
  expect((await addressStates(database.db, other.accountId, [BOSS])).get(BOSS)).toBe("confirmed");
});

test("a complaint weighs more than a bounce, in whichever order they come", async () => {
  await deliver();
  await tell("complained");
  await tell("bounced");
  expect(await stateOf()).toBe("complained");
  expect(await told()).toMatchObject({ bounced: true, complained: true });
});

test("a soft bounce is noted and stops nothing", async () => {
  await deliver();
  await tell("delayed", { reason: "mailbox full" });
  expect(await told()).toMatchObject({ bounced: false, bounce: "mailbox full" });
  expect(await stateOf()).toBe("confirmed");
});

test("a bounce told by the provider's id alone is found too", async () => {
  await deliver();
  expect(await tell("bounced", { reference: null })).toEqual({ kind: "noted" });
  expect(await stateOf()).toBe("bounced");
});

test("a bounce that comes before the answer to the request leaves the delivery sent", async () => {
  const { mailer } = deps;
  deps.mailer = {
    ...mailer,
    async send(message, key) {
      await tell("bounced");
      return await mailer.send(message, key);
    },
  };
  await deliver();
  expect(await told()).toMatchObject({ status: "sent", bounced: true });
});

test("that the provider tells anything of an unknown mail proves that it was sent", async () => {
  deps = deliveryDeps(database.db, { idempotencyWindowMs: 0 });
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  deliveryId = report.deliveryIds[0] ?? "";
  deps.failures.push({ kind: "ambiguous", reason: "TimeoutError", isTaken: true });
  await deliver();
  expect(await deliveryOf(database.db, deliveryId)).toMatchObject({ status: "unknown" });
  await tell("accepted", { reason: null });
  expect(await deliveryOf(database.db, deliveryId)).toMatchObject({
    status: "sent",
    failure: null,
    sentAt: AT.toISOString(),
  });
});

test("an event says nothing of a mail that no attempt has begun", async () => {
  await tell("accepted", { reason: null });
  expect(await deliveryOf(database.db, deliveryId)).toMatchObject({ status: "built" });
});

test("a bounce that was lifted by a person is not brought back by the same telling", async () => {
  const user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  await deliver();
  await tell("bounced");
  const { items } = await listAddresses(deps, { principal: user, afterId: null, limit: 10 });
  const lifted = await askAddressAgain(deps, { principal: user, addressId: items[0]?.id ?? "" });
  expect(lifted).toEqual({ ok: true, value: null });
  expect(await stateOf()).toBe("confirmed");
  await tell("bounced");
  expect(await stateOf()).toBe("confirmed");
});

test("what is about no mail of ours is unknown, told to the operators without an address, and harms nothing", async () => {
  expect(await tell("bounced", { reference: "dlv_none", providerId: "re_none" })).toEqual({
    kind: "unknown",
  });
  expect(await tell("complained", { reference: null, providerId: null })).toEqual({ kind: "unknown" });
  expect(await stateOf()).toBe("confirmed");
  expect(deps.logged).toEqual(["info mail_event_unknown", "info mail_event_unknown"]);
});

test("a bounce of the mail that asks ends asking", async () => {
  const { rows } = await database.db.execute<{ id: string }>(sql`
    select public_id as id from control.mail_addresses where account_id = ${site.accountId}`);
  expect(await tell("bounced", { reference: rows[0]?.id ?? "", providerId: "re_q" })).toEqual({
    kind: "noted",
  });
  expect(await stateOf()).toBe("bounced");
});
