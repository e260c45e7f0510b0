import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_VALUES, OTHER_VALUE } from "#core/rollup/dimensions.ts";
import { addEncoded, emptySketch, encodeSketch } from "#core/rollup/visitor-sketch.ts";
import type { Database } from "#db/database.ts";
import { bytesOfBase64 } from "#db/queries/rollups/base64.ts";
import { rollUpDay } from "#db/queries/rollups/roll-up-day.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { readValues } from "./read-values.ts";

let db: Database;
let client: Client;

beforeAll(async () => {
  const database = await createDatabase();
  ({ db } = database);
  client = await database.connect();
});

afterAll(async () => {
  await client.end();
});

describe("a dimension with very many values", () => {
  it("keeps those with the most visitors and counts all others as one, each visitor once", async () => {
    const site = await createSite(db, { timeZone: "UTC" });
    const day = "2026-03-02";
    const rare = MOST_VALUES + 50;
    // Term n has one visitor, term 0 three; the two rarest ones share a visitor.
    await client.query(
      `with source as (
         insert into site.sources (site_id, fingerprint, utm_term, channel, matcher_version)
         select $1::int, md5(n::text), 'term-' || lpad(n::text, 5, '0'), 'email', 1 from generate_series(0, $2::int) n
         returning id, utm_term
       ),
       visit as (
         select id, case when utm_term in ($3, $4) then md5('shared')::uuid else gen_random_uuid() end as visitor_id
         from source, generate_series(1, case utm_term when 'term-00000' then 3 else 1 end)
       )
       insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
         stretch_ended_at, source_id, opens, pageviews, events)
       select $1::int, gen_random_uuid(), visitor_id, t, t, t, t, id, 2, 1, 1 from visit, (select $5::timestamptz as t) at`,
      [site.siteId, rare, `term-0${rare - 1}`, `term-0${rare}`, `${day}T12:00:00Z`],
    );
    await rollUpDay(db, { siteId: site.siteId, span: "day", startsOn: day, version: 1 });

    const rows = await readValues(db, { siteId: site.siteId, from: day, to: day, dimension: "utm_term" });

    expect(rows).toHaveLength(MOST_VALUES + 1);
    expect(rows[0]).toMatchObject({ entry: "term-00000", sessions: 3, visitors: 3 });
    expect(rows.at(-1)).toMatchObject({ entry: OTHER_VALUE, sessions: 51, visitors: 50 });
    expect(rows.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(rare + 3);
    const whole = await readValues(db, { siteId: site.siteId, from: day, to: day, dimension: "all" });
    expect(whole).toMatchObject([{ sessions: rare + 3, visitors: rare + 2 }]);
  });
});

describe("a busy day", () => {
  const [first, last] = ["2026-03-03", "2026-03-04"] as const;
  let siteId: number;

  beforeAll(async () => {
    ({ siteId } = await createSite(db, { timeZone: "UTC" }));
    // 3,000 visitors a day, 1,000 of whom come on both.
    for (const [day, firstVisitor] of [
      [first, 0],
      [last, 2_000],
    ] as const) {
      await client.query(
        `insert into site.sessions (site_id, session_id, visitor_id, started_at, ended_at, stretch_started_at,
           stretch_ended_at, country, opens, pageviews, events)
         select $1::int, gen_random_uuid(), md5('visitor' || n)::uuid, t, t, t, t, 'DE', 1, 1, 1
         from generate_series($3::int, $3::int + 2999) n, (select $2::timestamptz as t) at`,
        [siteId, `${day}T12:00:00Z`, firstVisitor],
      );
      await rollUpDay(db, { siteId, span: "day", startsOn: day, version: 1 });
    }
  });

  it("counts its visitors exactly, and a range of such days within the error it shows", async () => {
    const one = await readValues(db, { siteId, from: first, to: first, dimension: "country" });
    expect(one).toMatchObject([{ entry: "DE", visitors: 3_000, margin: null }]);

    const [both] = await readValues(db, { siteId, from: first, to: last, dimension: "country" });
    if (!both?.margin) throw new Error("There is no margin");
    expect(Math.abs(both.visitors - 5_000)).toBeLessThanOrEqual(1.6 * both.margin);

    // The site's own total keeps 8,192 visitors as they are.
    const whole = await readValues(db, { siteId, from: first, to: last, dimension: "all" });
    expect(whole).toMatchObject([{ visitors: 5_000, margin: null }]);
  });

  it("has the registers that core makes of the same hashes", async () => {
    const [one] = await readValues(db, { siteId, from: first, to: first, dimension: "country" });
    const { rows } = await client.query<{ hashes: string }>(
      `select encode('\\x01'::bytea || string_agg(substring(int8send(
         uuid_hash_extended(md5('visitor' || n)::uuid, 0) & 1099511627775) from 4), ''::bytea), 'base64') as hashes
       from generate_series(0, 2999) n`,
    );
    const [made, own] = [emptySketch(12), emptySketch(12)];
    for (const { sketch } of one?.periods ?? []) addEncoded(made, sketch);
    addEncoded(own, bytesOfBase64(rows[0]?.hashes ?? ""));
    expect(made.registers).not.toBeNull();
    expect(encodeSketch(made)).toEqual(encodeSketch(own));
  });
});
