import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { accountDeps, type TestDeps } from "#tests/usecases/accounts/account-deps.ts";
import { authenticateSession } from "#usecases/accounts/authenticate-session.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { register } from "#usecases/accounts/register.ts";
import { createSite } from "#usecases/sites/create-site.ts";
import { findSite } from "#usecases/sites/find-site.ts";
import { getSite } from "#usecases/sites/get-site.ts";
import { listSites } from "#usecases/sites/list-sites.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import { updateSite } from "#usecases/sites/update-site.ts";

let db: Database;
let deps: TestDeps;
let owner: UserPrincipal;
beforeAll(async () => {
  ({ db } = await createDatabase());
});
let count = 0;
beforeEach(async () => {
  deps = accountDeps(db);
  owner = await openAccount();
});

async function openAccount(): Promise<UserPrincipal> {
  const email = `owner-${(count += 1)}@people.example`;
  const request = { email, password: "correct horse battery", name: "Ann" };
  const opened = await register(deps, { request, ip: "198.51.100.7" });
  const user = opened.ok ? await authenticateSession(deps, opened.value.token) : null;
  if (user === null) throw new Error("not signed in");
  return user;
}

const SHOP = { name: "Shop", domain: "shop.example", timeZone: "Europe/Berlin", currency: "EUR" };

async function addSite(given: Partial<typeof SHOP> = {}): Promise<SiteRef> {
  const created = await createSite(deps, { principal: owner, request: { ...SHOP, ...given } });
  const site = created.ok ? await findSite(deps, owner, created.value.id) : null;
  if (site === null) throw new Error("no site");
  return site;
}

describe("a new site", () => {
  test("exists although the edge could not be told: the cron will", async () => {
    deps.kvIsDown();
    const site = await addSite();
    expect((await getSite(deps, site)).key).toBe(site.siteKey);
    expect(deps.logged.map(({ event }) => event)).toEqual(["salts_not_ensured", "site_not_projected"]);
  });

  test("is found by its account only, and listed in the order of making", async () => {
    const [one, two] = [await addSite({ name: "One" }), await addSite({ name: "Two" })];
    const stranger = await openAccount();
    expect(await findSite(deps, stranger, one.publicId)).toBeNull();
    const first = await listSites(deps, { principal: owner, afterId: null, limit: 1 });
    const second = await listSites(deps, { principal: owner, afterId: Number(first.next?.[0]), limit: 1 });
    expect([first, second].flatMap(({ items }) => items.map(({ id }) => id))).toEqual([
      one.publicId,
      two.publicId,
    ]);
    expect((await listSites(deps, { principal: stranger, afterId: null, limit: undefined })).items).toEqual(
      [],
    );
  });

  test("whose row cannot be written is not in the directory either", async () => {
    await db.execute(
      sql`alter table site.sites add constraint sites_doomed check (name <> 'Doomed') not valid`,
    );
    await expect(addSite({ name: "Doomed" })).rejects.toThrow(/Failed query/);
    const { rows } = await db.execute(
      sql`select 1 from control.site_directory where account_id = ${owner.accountId}`,
    );
    expect(rows).toEqual([]);
    expect(deps.kv.puts.filter((key) => key.startsWith("site:"))).toEqual([]);
  });

  test("keeps its books in a real zone and currency", async () => {
    const refused = async (given: Partial<typeof SHOP>) => {
      const created = await createSite(deps, { principal: owner, request: { ...SHOP, ...given } });
      return created.ok ? null : created.error.kind;
    };
    expect(await refused({ timeZone: "Mars/Olympus" })).toBe("invalid_time_zone");
    expect(await refused({ timeZone: "+01:00" })).toBe("invalid_time_zone");
    expect(await refused({ currency: "ZZZ" })).toBe("invalid_currency");
    expect((await listSites(deps, { principal: owner, afterId: null, limit: 10 })).items).toEqual([]);
  });
});

describe("a change of settings", () => {
  test("writes and notes only what is given", async () => {
    const site = await addSite();
    const changed = await updateSite(deps, {
      principal: owner,
      site,
      request: { name: "Beans", silent: true },
    });
    expect(changed).toMatchObject({ ok: true, value: { ...SHOP, name: "Beans", silent: true } });
    const before = deps.kv.puts.length;
    expect((await updateSite(deps, { principal: owner, site, request: {} })).ok).toBe(true);
    expect(deps.kv.puts).toHaveLength(before);
  });

  test("to a zone that is none changes nothing", async () => {
    const site = await addSite();
    const request = { name: "Beans", timeZone: "Mars/Olympus" };
    expect((await updateSite(deps, { principal: owner, site, request })).ok).toBe(false);
    expect((await getSite(deps, site)).name).toBe("Shop");
  });
});

describe("a new time zone", () => {
  const HOURS = ["2026-03-08T22:00:00Z", "2026-03-08T23:00:00Z", "2026-03-09T10:00:00Z"];

  async function rolledUp(site: SiteRef) {
    for (const hour of HOURS) {
      await db.execute(sql`
        insert into site.rollup_hours (site_id, bucket, scope, scope_key, dimension, value, currency, impressions, clicks,
          pageviews, sessions, visitors, conversions, revenue_minor, refund_minor)
        values (${site.siteId}, ${hour}::timestamptz, 'site', '', '', '', '', 0, 0, 1, 1, 1, 0, 0, 0)`);
    }
  }
  const read = async (query: ReturnType<typeof sql>) => {
    const { rows } = await db.execute<{ at: string }>(query);
    return rows.map(({ at }) => at);
  };
  const staleHours = async ({ siteId }: SiteRef) =>
    await read(sql`select to_char(bucket at time zone 'UTC', 'MM-DD HH24:MI') as at from site.stale_hours
      where site_id = ${siteId} order by bucket`);
  const rolledHours = async ({ siteId }: SiteRef) =>
    await read(sql`select to_char(bucket at time zone 'UTC', 'MM-DD HH24:MI') as at from site.rollup_hours
      where site_id = ${siteId} order by bucket`);

  test("of whole hours has every hour rolled up anew, and raises the days it touches", async () => {
    const site = await addSite();
    await rolledUp(site);
    expect(
      (await updateSite(deps, { principal: owner, site, request: { timeZone: "America/New_York" } })).ok,
    ).toBe(true);
    expect(await staleHours(site)).toEqual(["03-08 22:00", "03-08 23:00", "03-09 10:00"]);
    expect(await rolledHours(site)).toEqual(["03-08 22:00", "03-08 23:00", "03-09 10:00"]);
    expect(
      await read(
        sql`select day::text as at from site.data_versions where site_id = ${site.siteId} order by day`,
      ),
    ).toEqual(["2026-03-08", "2026-03-09"]);
  });

  test("of half hours marks both hours that meet an old one, and drops what would count twice", async () => {
    const site = await addSite();
    await rolledUp(site);
    expect(
      (await updateSite(deps, { principal: owner, site, request: { timeZone: "Asia/Kolkata" } })).ok,
    ).toBe(true);
    expect(await staleHours(site)).toEqual([
      "03-08 21:30",
      "03-08 22:30",
      "03-08 23:30",
      "03-09 09:30",
      "03-09 10:30",
    ]);
    expect(await rolledHours(site)).toEqual([]);
  });

  test("that is the old one changes nothing", async () => {
    const site = await addSite();
    await rolledUp(site);
    expect(
      (await updateSite(deps, { principal: owner, site, request: { timeZone: "Europe/Berlin" } })).ok,
    ).toBe(true);
    expect(await staleHours(site)).toEqual([]);
  });
});
