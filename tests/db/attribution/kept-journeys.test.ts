import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import type { WorkMessage } from "#contract/work-message.ts";
import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { addLargeDay } from "#tests/support/large-day.ts";
import { computeJourneys } from "#usecases/attribution/compute-journeys.ts";
import { getJourneyPaths } from "#usecases/attribution/get-journey-paths.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import { createRandomSite, RANGE } from "./random-site.ts";

let db: Database;
let site: Awaited<ReturnType<typeof createRandomSite>>;
let sent: WorkMessage[];

beforeAll(async () => {
  ({ db } = await createDatabase());
});
beforeEach(async () => {
  sent = [];
  site = await createRandomSite(db, { seed: 3, visitors: 40 });
});

const deps = {
  databases: { named: () => db, names: () => ["main"] },
  clock: { now: () => new Date("2026-04-01T00:00:00Z") },
  workQueue: {
    send: async (message: WorkMessage) => {
      await Promise.resolve();
      sent.push(message);
    },
    sendAll: async () => await Promise.reject(new Error("Jobs are told one by one")),
  },
};

const input = () => ({
  ...RANGE,
  by: "channel" as const,
  options: DEFAULT_OPTIONS,
  type: null,
  customer: null,
  site: { ...site, database: "main" },
});

async function journeys() {
  const answer = await getJourneys(deps, input());
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function paths(align: "start" | "end" = "start") {
  const answer = await getJourneyPaths(deps, { ...input(), positions: 4, top: 3, align });
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

async function forgetTouchpoints(): Promise<void> {
  await db.execute(sql`delete from site.touchpoints where site_id = ${site.siteId}`);
}

describe("the shape of journeys, once worked out", () => {
  it("is kept until a day that it is made of changes", async () => {
    const [first, ways] = [await journeys(), await paths()];
    await forgetTouchpoints();
    expect(await journeys()).toEqual(first);
    expect(await paths()).toEqual(ways);
    expect(await paths("end")).toMatchObject({ status: "ready", nodes: [] });

    await db.execute(sql`
      insert into site.data_versions (site_id, day, version) values (${site.siteId}, ${RANGE.to}::date, 1)`);
    const { conversions, revenueMinor } =
      first.status === "ready" ? first.totals : { conversions: 0, revenueMinor: 0 };
    expect(await journeys()).toMatchObject({
      totals: { conversions, unattributed: { conversions, revenueMinor } },
    });
  });

  it("is a job's work where a site is large: told once, there when it is asked for again", async () => {
    await addLargeDay(db, site.publicId, RANGE.to);
    const waiting = [await journeys(), await journeys(), await paths()];
    expect(waiting.map(({ status }) => status)).toEqual(["computing", "computing", "computing"]);
    expect(sent.map(({ kind }) => kind)).toEqual(["compute-journeys", "compute-journeys"]);

    for (const message of [...sent, ...sent.splice(0)])
      if (message.kind === "compute-journeys") await computeJourneys(deps, message);
    expect([(await journeys()).status, (await paths()).status]).toEqual(["ready", "ready"]);
    expect(sent).toEqual([]);

    // What has changed since is worked out by a job again, while what is kept is shown.
    await db.execute(sql`
      insert into site.data_versions (site_id, day, version) values (${site.siteId}, ${RANGE.to}::date, 1)`);
    expect([await journeys(), await journeys()]).toMatchObject([{ status: "ready" }, { status: "ready" }]);
    expect(sent.map(({ kind }) => kind)).toEqual(["compute-journeys"]);
  });
});
