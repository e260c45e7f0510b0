import { SUMMED_MODELS } from "#core/attribution/models.ts";
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";

import type { Database } from "#db/database.ts";
import { reportDeps, type ReportDeps } from "#tests/db/reports/report-deps.ts";
import { keyPrincipal } from "#tests/db/visitors/key-principal.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { buildRun } from "#usecases/runs/build-run.ts";
import { deleteRun } from "#usecases/runs/change-run.ts";
import { createRun } from "#usecases/runs/create-run.ts";
import { getRun } from "#usecases/runs/get-run.ts";
import { giveUpRun } from "#usecases/runs/resume-runs.ts";
import { createRandomSite, RANGE } from "./random-site.ts";

let db: Database;
let deps: ReportDeps;
let site: Awaited<ReturnType<typeof createRandomSite>>;

beforeAll(async () => {
  ({ db } = await createDatabase());
  deps = reportDeps(db);
  site = await createRandomSite(db, { seed: 5, visitors: 60 });
});

const principal = () => keyPrincipal(site);

async function order(): Promise<string> {
  const request = {
    name: "Spring",
    ...RANGE,
    options: { lookbackDays: 14, direct: "exclude_unless_only" as const },
  };
  const place = {
    ...site,
    database: "main",
    name: "Shop",
    domain: "shop.example",
    timeZone: "UTC",
    currency: "EUR",
  };
  const ordered = await createRun(deps, { principal: principal(), site: place, request });
  if (!ordered.ok) throw new Error(ordered.error.kind);
  return ordered.value.id;
}

const build = async (runId: string) => await buildRun(deps, { database: "main", runId });

async function shown(runId: string) {
  const found = await getRun(deps, { principal: principal(), runId });
  if (!found.ok) throw new Error(found.error.kind);
  return found.value;
}

type Kept = {
  sums?: Record<string, [string, number, number][]>;
  names?: Record<string, { kind: string; key: string | null }>;
};

it("keeps sums of single conversions that are the workbench's figures, of every model that shares them out", async () => {
  const runId = await order();
  await build(runId);
  const { answer, status } = await shown(runId);
  expect(status).toBe("ready");
  const text = [...deps.files].flatMap(([key, bytes]) =>
    key.includes(runId) ? [new TextDecoder().decode(bytes)] : [],
  );
  const object = text.map((one) => JSON.parse(one) as Kept).find(({ sums }) => sums !== undefined);
  for (const model of SUMMED_MODELS) {
    const rows = (answer?.rows ?? []).map(({ kind, key, credits }) => [
      kind,
      key,
      credits[model]?.revenueMinor,
    ]);
    const sums = (object?.sums?.[model] ?? []).map(([group, , minor]) => {
      const name = object?.names?.[group];
      return [name?.kind, name?.key, minor];
    });
    expect(new Set(sums)).toEqual(new Set(rows));
  }
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct visitor_id as id from site.conversions where site_id = ${site.siteId}`);
  for (const { id } of rows) expect(text.join()).not.toContain(id);
});

it("is made once however often the job comes, and not after it was given up", async () => {
  const runId = await order();
  await build(runId);
  const [first, files] = [await shown(runId), new Map(deps.files)];
  await db.execute(sql`delete from site.touchpoints where site_id = ${site.siteId} and rank = 1`);
  await build(runId);
  await giveUpRun(deps, { database: "main", runId });
  expect(await shown(runId)).toEqual(first);
  expect(deps.files).toEqual(files);

  const lost = await order();
  await giveUpRun(deps, { database: "main", runId: lost });
  await build(lost);
  expect(await shown(lost)).toMatchObject({ status: "failed", answer: null });
});

it("leaves no file when it is deleted, nor when it was deleted before it was made", async () => {
  const [made, early] = [await order(), await order()];
  await build(made);
  const filesOf = (runId: string) => [...deps.files.keys()].filter((key) => key.includes(runId));
  expect(filesOf(made).length).toBeGreaterThan(1);
  for (const runId of [made, early]) await deleteRun(deps, { principal: principal(), runId });
  await build(early);
  expect([filesOf(made), filesOf(early)]).toEqual([[], []]);
});
