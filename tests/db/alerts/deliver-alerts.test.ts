import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import { addDeadLetter } from "#tests/support/alert-facts.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { deliverAlert } from "#usecases/alerts/deliver-alert.ts";
import { resumeAlertDeliveries } from "#usecases/alerts/resume-alert-deliveries.ts";
import { alertDeps, HOUR_MS, MINUTE_MS, type AlertDeps } from "./alert-deps.ts";

/** At night in Berlin. */
const NIGHT = Date.parse("2026-03-11T22:00:00.000Z");

let db: Database;
let deps: AlertDeps;
let site: TestSite;

beforeEach(async () => {
  ({ db } = await createDatabase());
  deps = alertDeps(db);
  site = await createSite(db);
});

async function addChannel(kind: "webhook" | "slack", isQuiet = false): Promise<void> {
  const [from, to, zone] = isQuiet ? [22 * 60, 7 * 60, "Europe/Berlin"] : [null, null, null];
  await db.execute(sql`
    insert into control.alert_channels (public_id, kind, name, target, secret, quiet_from, quiet_to, quiet_zone,
      created_at, updated_at)
    values (${systemIds.publicId("ach", new Date())}, ${kind}, 'Ops', 'http://localhost/hook',
      ${kind === "webhook" ? "s3cret" : null}, ${from}::smallint, ${to}::smallint, ${zone}, now(), now())`);
}

type Sent = { notice: string; status: string; attempts: number };

async function deliveries(): Promise<Sent[]> {
  const { rows } = await db.execute<Sent>(
    sql`select notice, status, attempts from control.alert_deliveries order by id`,
  );
  return rows;
}

/** A dead letter fires at once; without one it is over after five minutes. */
async function fire(): Promise<void> {
  await addDeadLetter(db, site, NIGHT - MINUTE_MS);
  await deps.look(NIGHT);
}

async function mend(fromMs: number): Promise<void> {
  await db.execute(sql`update site.dead_letters set replayed_at = now()`);
  for (let minute = 0; minute <= 6; minute += 2) await deps.look(fromMs + minute * MINUTE_MS);
}

async function resumeAt(atMs: number): Promise<void> {
  deps.setNow(new Date(atMs).toISOString());
  await resumeAlertDeliveries(deps);
  await deps.deliverAll();
}

describe("quiet hours", () => {
  it("hold a message back until their end, if it still goes on then", async () => {
    await addChannel("webhook", true);
    await fire();
    await resumeAt(NIGHT + HOUR_MS);
    expect(deps.posts).toEqual([]);
    await resumeAt(NIGHT + 8 * HOUR_MS + MINUTE_MS);
    expect(await deliveries()).toEqual([{ notice: "fired", status: "sent", attempts: 1 }]);
    await mend(NIGHT + 9 * HOUR_MS);
    await deps.deliverAll();
    expect(deps.posts.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      "alert.fired",
      "alert.resolved",
    ]);
  });

  it("tell nothing of what began and ended in them", async () => {
    await addChannel("webhook", true);
    await fire();
    await mend(NIGHT + MINUTE_MS);
    await resumeAt(NIGHT + 10 * HOUR_MS);
    expect(deps.posts).toEqual([]);
    expect(await deliveries()).toEqual([{ notice: "fired", status: "cancelled", attempts: 0 }]);
  });
});

describe("a message", () => {
  it("is repeated once an interval until somebody acknowledges it", async () => {
    await addChannel("webhook");
    await fire();
    await deps.look(NIGHT + 24 * HOUR_MS);
    await deps.look(NIGHT + 24 * HOUR_MS + MINUTE_MS);
    expect((await deliveries()).map(({ notice }) => notice)).toEqual(["fired", "reminder-1"]);
    await db.execute(sql`update control.alerts set acknowledged_at = now(), version = version + 1`);
    await deps.look(NIGHT + 48 * HOUR_MS);
    expect(await deliveries()).toHaveLength(2);
  });

  it("to a webhook in doubt is sent again under the same id, until it is taken", async () => {
    await addChannel("webhook");
    await fire();
    deps.refusals.push({ kind: "ambiguous", reason: "no answer" }, { kind: "unavailable", reason: "503" });
    await deps.deliverAll();
    expect(await deliveries()).toEqual([{ notice: "fired", status: "waiting", attempts: 1 }]);
    await resumeAt(NIGHT + 5 * MINUTE_MS);
    await resumeAt(NIGHT + 30 * MINUTE_MS);
    expect(await deliveries()).toEqual([{ notice: "fired", status: "sent", attempts: 3 }]);
    expect(deps.posts).toHaveLength(1);
  });

  it("to Slack in doubt is not sent again: nobody could tell the second from the first", async () => {
    await addChannel("slack");
    await fire();
    deps.refusals.push({ kind: "ambiguous", reason: "no answer" });
    await deps.deliverAll();
    await resumeAt(NIGHT + HOUR_MS);
    expect(await deliveries()).toEqual([{ notice: "fired", status: "unknown", attempts: 1 }]);
    expect(deps.posts).toEqual([]);
  });

  it("is sent once, however often the queue brings it, at once or later", async () => {
    await addChannel("webhook");
    await fire();
    const { rows } = await db.execute<{ public_id: string }>(
      sql`select public_id from control.alert_deliveries`,
    );
    const deliveryId = rows[0]?.public_id ?? "";
    await Promise.all([1, 2, 3].map(async () => await deliverAlert(deps, { deliveryId })));
    await deliverAlert(deps, { deliveryId });
    expect(deps.posts).toHaveLength(1);
  });
});

describe("a database that is away", () => {
  it("ends nothing, fires nothing, and keeps no other from being looked at", async () => {
    await addChannel("webhook");
    await fire();
    const main = deps.databases;
    const broken: typeof main = {
      names: () => ["main", "second"],
      named: (name) => {
        if (name === "second") throw new TypeError("away");
        return main.named(name);
      },
    };
    await addDeadLetter(db, await createSite(db), NIGHT);
    await db.execute(
      sql`update control.alerts set database = 'second', subject = 'second', key = 'dead-letters/operators//second'`,
    );
    const others = { ...alertDeps(db, broken) };
    await expect(others.look(NIGHT + MINUTE_MS)).rejects.toThrow("failed");
    const { rows } = await db.execute<{ subject: string; status: string }>(
      sql`select subject, status from control.alerts order by subject`,
    );
    expect(rows).toEqual([
      { subject: "main", status: "firing" },
      { subject: "second", status: "firing" },
    ]);
  });
});
