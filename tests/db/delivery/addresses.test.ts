import { sql, type SQL } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { askAddress } from "#usecases/delivery/ask-address.ts";
import { askAddressAgain } from "#usecases/delivery/ask-address-again.ts";
import { askAddresses } from "#usecases/delivery/ask-addresses.ts";
import { addressStates } from "#usecases/delivery/address-states.ts";
import { confirmAddress, showQuestion } from "#usecases/delivery/answer-question.ts";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { listAddresses } from "#usecases/delivery/list-addresses.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { builtReport, deliveryOf } from "./built-report.ts";
import { deliveryDeps, type DeliveryDeps } from "./delivery-deps.ts";

const BOSS = "boss@else.example";

let database: TestDatabase;
let site: TestSite;
let user: UserPrincipal;
let deps: DeliveryDeps;

beforeAll(async () => {
  database = await createDatabase();
});

beforeEach(async () => {
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = deliveryDeps(database.db);
});

async function ask(addresses: string[] = [BOSS], askedFor = "Spring"): Promise<void> {
  await askAddresses(deps, { accountId: site.accountId, addresses, askedBy: "Ann", askedFor });
}

/** Runs what the queue holds, once; answers how many questions there were. */
async function runQueue(): Promise<number> {
  const messages = deps.queued.splice(0).map(({ message }) => message);
  const questions = messages.filter((message) => message.kind === "ask-address");
  for (const question of questions) await askAddress(deps, question);
  return questions.length;
}

function tokenIn(index = -1): string {
  return /confirm-address\?token=([0-9a-f]{64})/.exec(deps.mails.at(index)?.message.text ?? "")?.[1] ?? "";
}

async function stateOf(address = BOSS): Promise<string | undefined> {
  return (await addressStates(database.db, site.accountId, [address])).get(address);
}

test("an outside address is asked once, by a mail that says who wants to send what; members are not", async () => {
  expect([await stateOf(), await stateOf(user.email)]).toEqual(["waiting", "member"]);
  await ask([BOSS, user.email]);
  await ask([BOSS], "Another");
  await runQueue();
  await ask([BOSS], "A third");
  expect(await runQueue()).toBe(0);

  expect(deps.mails).toHaveLength(1);
  expect(deps.mails[0]?.message).toMatchObject({
    to: BOSS,
    subject: "Ann of Test account wants to send you the report “Another”",
  });
  const { rows } = await database.db.execute<{ hash: string }>(sql`
    select confirm_hash as hash from control.mail_addresses where account_id = ${site.accountId} and address = ${BOSS}`);
  // Nobody who reads the database can agree for them.
  expect(rows[0]?.hash).not.toBe(tokenIn());
  expect(rows[0]?.hash).toBe(deps.tokens.hash(tokenIn()));
});

test("the question is asked in the language of the account's reports", async () => {
  await database.db.execute(sql`
    insert into control.report_settings (account_id, language, locale, updated_at)
    values (${site.accountId}, 'de', 'de-DE', now())`);
  await ask([BOSS], "Frühling");
  await runQueue();
  const { message } = deps.mails[0] ?? {};
  expect(message?.subject).toBe("Ann von Test account möchte Ihnen den Bericht „Frühling“ schicken");
  expect(message?.html).toContain('<html lang="de"');
  expect(await showQuestion(deps, tokenIn())).toMatchObject({ ok: true, value: { language: "de" } });
});

test("the same message of the queue, even at once, asks once", async () => {
  await ask();
  const messages = deps.queued.map(({ message }) => message);
  const [message] = messages;
  if (message?.kind !== "ask-address") throw new Error("Expected a question");
  await Promise.all([askAddress(deps, message), askAddress(deps, message), askAddress(deps, message)]);
  expect(deps.mails).toHaveLength(1);
});

test("looking at the question agrees to nothing; agreeing sends what waited, and later reports go at once", async () => {
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  const deliveryId = report.deliveryIds[0] ?? "";
  await ask();
  await runQueue();
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "waiting" });
  expect(await deliveryOf(database.db, deliveryId)).toMatchObject({
    status: "built",
    failureKind: "not_confirmed",
    attempts: 0,
    nextAttemptAt: "2026-03-16T10:00:00.000Z",
  });

  expect(await showQuestion(deps, tokenIn())).toEqual({
    ok: true,
    value: { address: BOSS, accountName: "Test account", language: "en", askedBy: "Ann", askedFor: "Spring" },
  });
  expect(await stateOf()).toBe("waiting");
  deps.setNow("2026-03-12T10:00:00.000Z");
  expect((await confirmAddress(deps, { token: tokenIn(), agrees: true })).ok).toBe(true);
  expect(await stateOf()).toBe("confirmed");
  expect(deps.queued.map(({ message }) => message)).toEqual([
    { v: 1, kind: "deliver-report", database: "main", deliveryId },
  ]);
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "sent" });
  // Opening the link again is no error, and sends nothing.
  expect((await confirmAddress(deps, { token: tokenIn(0), agrees: true })).ok).toBe(true);
  const next = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  expect(await deliverReport(deps, { database: "main", deliveryId: next.deliveryIds[0] ?? "" })).toEqual({
    kind: "sent",
  });
});

test("who agrees at the very moment at which a report begins to wait for it gets it all the same", async () => {
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  const deliveryId = report.deliveryIds[0] ?? "";
  await ask();
  await runQueue();
  const agreeing = new Proxy(database.db, {
    get(db, name) {
      if (name !== "execute") return Reflect.get(db, name) as unknown;
      // The first statement of its own that a waiting delivery sends is that it waits.
      return async (statement: SQL) => {
        deps.databases = { ...deps.databases, named: () => database.db };
        await confirmAddress(deps, { token: tokenIn(0), agrees: true });
        return await database.db.execute(statement);
      };
    },
  });
  deps.databases = { ...deps.databases, named: () => agreeing };
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "waiting" });
  expect(deps.queued.map(({ message }) => message.kind)).toEqual(["deliver-report"]);
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "sent" });
});

test("who does not answer in seven days gets nothing, and the delivery says why", async () => {
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  const deliveryId = report.deliveryIds[0] ?? "";
  await deliverReport(deps, { database: "main", deliveryId });
  deps.setNow("2026-03-16T10:00:00.000Z");
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "failed" });
  expect(await deliveryOf(database.db, deliveryId)).toMatchObject({ failureKind: "not_confirmed" });
  expect(deps.mails).toEqual([]);
});

test("who says no gets nothing and is not asked again", async () => {
  const report = await builtReport(database.db, { site, deps }, { recipients: [BOSS] });
  await ask();
  await runQueue();
  await confirmAddress(deps, { token: tokenIn(), agrees: false });
  expect(await stateOf()).toBe("unsubscribed");
  expect(await deliverReport(deps, { database: "main", deliveryId: report.deliveryIds[0] ?? "" })).toEqual({
    kind: "failed",
  });
  deps.setNow("2026-04-09T10:00:00.000Z");
  await ask();
  expect(await runQueue()).toBe(0);
});

test("a link works for thirty days, and only the last one", async () => {
  await ask();
  await runQueue();
  const first = tokenIn();
  deps.setNow("2026-03-20T10:00:00.000Z");
  await ask();
  await runQueue();
  expect(deps.mails).toHaveLength(2);
  expect((await confirmAddress(deps, { token: first, agrees: true })).ok).toBe(false);
  deps.setNow("2026-04-20T10:00:00.000Z");
  expect((await confirmAddress(deps, { token: tokenIn(), agrees: true })).ok).toBe(false);
  expect((await showQuestion(deps, tokenIn())).ok).toBe(false);
});

test("a question that surely was not mailed is asked again; one that may have been is left as it is", async () => {
  await ask();
  const [queued] = deps.queued;
  if (queued?.message.kind !== "ask-address") throw new Error("Expected a question");
  deps.failures.push({ kind: "rate_limited", retryAfterSeconds: 9 });
  expect(await askAddress(deps, queued.message)).toEqual({
    ok: false,
    error: { kind: "ask_later", afterSeconds: 9 },
  });
  // Within the provider's memory of the key the same mail goes again at once: there is one.
  deps.failures.push({ kind: "ambiguous", reason: "TimeoutError", isTaken: true });
  expect((await askAddress(deps, queued.message)).ok).toBe(true);
  expect(deps.mails).toHaveLength(1);
  expect((await confirmAddress(deps, { token: tokenIn(), agrees: true })).ok).toBe(true);
});

test("asking again from the dashboard has a brake, and ends after five", async () => {
  await ask();
  await runQueue();
  const page = await listAddresses(deps, { principal: user, afterId: null, limit: undefined });
  expect(page.items).toMatchObject([
    { address: BOSS, state: "waiting", askedAt: "2026-03-09T10:00:00.000Z" },
  ]);
  const addressId = page.items[0]?.id ?? "";
  const again = async () => await askAddressAgain(deps, { principal: user, addressId });
  expect(await again()).toEqual({
    ok: false,
    error: { kind: "too_many_attempts", retryAfterSeconds: 600 },
  });
  for (let hour = 11; hour < 15; hour += 1) {
    deps.setNow(`2026-03-09T${hour}:00:00.000Z`);
    expect(await again()).toEqual({ ok: true, value: null });
    await runQueue();
  }
  deps.setNow("2026-03-19T15:00:00.000Z");
  expect(await again()).toMatchObject({ ok: false, error: { kind: "too_many_attempts" } });
  expect(deps.mails).toHaveLength(5);
  await ask();
  expect(await runQueue()).toBe(0);
});

test("another account's address is not found, and asks nobody", async () => {
  await ask();
  const page = await listAddresses(deps, { principal: user, afterId: null, limit: 10 });
  const other = await createSite(database.db);
  const stranger = await createUser(database.db, other, { email: `bob-${other.siteId}@shop.example` });
  expect(await askAddressAgain(deps, { principal: stranger, addressId: page.items[0]?.id ?? "" })).toEqual({
    ok: false,
    error: { kind: "address_not_found" },
  });
  expect((await listAddresses(deps, { principal: stranger, afterId: null, limit: 10 })).items).toEqual([]);
});
