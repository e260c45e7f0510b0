import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { deliverReport } from "#usecases/delivery/deliver-report.ts";
import { enqueueDeliveries } from "#usecases/delivery/enqueue-deliveries.ts";
import { getDelivery } from "#usecases/delivery/get-delivery.ts";
import { listDeliveries } from "#usecases/delivery/list-deliveries.ts";
import { resendDelivery } from "#usecases/delivery/resend-delivery.ts";
import { resumeDeliveries } from "#usecases/delivery/resume-deliveries.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { createUser } from "#tests/db/campaigns/campaign-deps.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { agreedAddress, builtReport, deliveryOf } from "./built-report.ts";
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
  // The cron looks at all of a database.
  await database.db.execute(sql`delete from site.reports`);
  site = await createSite(database.db);
  user = await createUser(database.db, site, { email: `ann-${site.siteId}@shop.example` });
  deps = deliveryDeps(database.db);
  await agreedAddress(database.db, site, BOSS);
});

const built = async (options: { status?: "pending" | "ready" | "failed" | "skipped" } = {}) =>
  await builtReport(database.db, { site, deps }, { recipients: [BOSS], ...options });

const asked = () =>
  deps.queued
    .splice(0)
    .map(({ message }) => (message.kind === "deliver-report" ? message.deliveryId : message.kind));

test("a mail whose message was lost is asked for once it waits a quarter of a minute, and not by every run", async () => {
  const { deliveryIds } = await built();
  deps.setNow("2026-03-09T10:00:10.000Z");
  await resumeDeliveries(deps);
  expect(asked()).toEqual([]);
  deps.setNow("2026-03-09T10:00:16.000Z");
  await resumeDeliveries(deps);
  await resumeDeliveries(deps);
  expect(asked()).toEqual(deliveryIds);
  expect(await deliverReport(deps, { database: "main", deliveryId: deliveryIds[0] ?? "" })).toEqual({
    kind: "sent",
  });
  deps.setNow("2026-03-09T11:00:00.000Z");
  await resumeDeliveries(deps);
  expect(asked()).toEqual([]);
});

test("a report that became ready without asking for its mails is made up for", async () => {
  const { publicId, deliveryIds } = await built({ status: "pending" });
  await database.db.execute(sql`
    update site.reports set status = 'ready', ready_at = '2026-03-09T10:00:00Z' where public_id = ${publicId}`);
  deps.setNow("2026-03-09T10:01:00.000Z");
  await resumeDeliveries(deps);
  expect(asked()).toEqual(deliveryIds);
  expect(await deliveryOf(database.db, deliveryIds[0] ?? "")).toMatchObject({ status: "built" });
});

test("asking for a ready report's mails twice asks for those that no attempt has begun", async () => {
  const { id, deliveryIds } = await built({ status: "pending" });
  await enqueueDeliveries(deps, { database: "main", reportId: id });
  await enqueueDeliveries(deps, { database: "main", reportId: id });
  expect(asked()).toEqual([...deliveryIds, ...deliveryIds]);
});

test.each([
  ["failed", "not_built", "The report could not be built"],
  ["skipped", "not_built", "Nothing happened in its days: there was nothing to send"],
] as const)("mails of a report that is %s end with it", async (status, failureKind, failure) => {
  const { deliveryIds } = await built({ status });
  await resumeDeliveries(deps);
  expect(await deliveryOf(database.db, deliveryIds[0] ?? "")).toMatchObject({
    status: "failed",
    failureKind,
    failure,
  });
  expect(asked()).toEqual([]);
});

test("a person may send an unknown mail once more: a round of its own, with a key of its own", async () => {
  deps = deliveryDeps(database.db, { idempotencyWindowMs: 0 });
  const { deliveryIds } = await built();
  const deliveryId = deliveryIds[0] ?? "";
  deps.failures.push({ kind: "ambiguous", reason: "TimeoutError", isTaken: true });
  await deliverReport(deps, { database: "main", deliveryId });
  const resend = async () => await resendDelivery(deps, { principal: user, deliveryId });
  expect(await resend()).toEqual({ ok: true, value: null });
  expect(await resend()).toEqual({ ok: false, error: { kind: "not_to_be_resent", status: "built" } });
  expect(await deliverReport(deps, { database: "main", deliveryId })).toEqual({ kind: "sent" });
  expect(deps.mails.map(({ key }) => key)).toEqual([deliveryId, `${deliveryId}.1`]);
  expect(await resend()).toEqual({ ok: false, error: { kind: "not_to_be_resent", status: "sent" } });
  expect(await getDelivery(deps, { principal: user, deliveryId })).toMatchObject({
    ok: true,
    value: {
      status: "sent",
      attempts: 2,
      log: [{ outcome: "ambiguous", reason: "TimeoutError" }, { outcome: "sent" }],
    },
  });
});

test("deliveries are listed by report and state, and nobody else's", async () => {
  const [first, second] = [await built(), await built()];
  await deliverReport(deps, { database: "main", deliveryId: first.deliveryIds[0] ?? "" });
  const list = async (filter: { reportId?: string; status?: "sent" }, principal = user) => {
    const { items } = await listDeliveries(deps, {
      principal,
      reportId: filter.reportId,
      status: filter.status,
      afterId: null,
      limit: 10,
    });
    return items.map(({ id }) => id);
  };
  expect(await list({})).toEqual([second.deliveryIds[0], first.deliveryIds[0]]);
  expect(await list({ reportId: second.publicId })).toEqual(second.deliveryIds);
  expect(await list({ status: "sent" })).toEqual(first.deliveryIds);
  const other = await createSite(database.db);
  const stranger = await createUser(database.db, other, { email: `bob-${other.siteId}@shop.example` });
  expect(await list({}, stranger)).toEqual([]);
  expect(
    await getDelivery(deps, { principal: stranger, deliveryId: first.deliveryIds[0] ?? "" }),
  ).toMatchObject({ ok: false });
  expect(
    await resendDelivery(deps, { principal: stranger, deliveryId: first.deliveryIds[0] ?? "" }),
  ).toMatchObject({ ok: false, error: { kind: "delivery_not_found" } });
});
