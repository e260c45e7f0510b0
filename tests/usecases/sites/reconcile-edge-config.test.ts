import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { edgeKeys, edgeLink, edgeSite } from "#contract/edge-config.ts";
import type { Database } from "#db/database.ts";
import { edgeConfigWriter } from "#platform/edge-config-writer.ts";
import { systemIds } from "#platform/ids.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { memoryKv } from "#tests/support/memory-kv.ts";
import { createSite, type TestSite } from "#tests/support/sites.ts";
import { edgeSiteOf } from "#usecases/sites/edge-site.ts";
import { reconcileEdgeConfig } from "#usecases/sites/reconcile-edge-config.ts";

let db: Database;
beforeEach(async () => {
  ({ db } = await createDatabase());
});

function start(databases: Record<string, Database> = { main: db }) {
  const kv = memoryKv();
  const named = (name: string) => {
    const found = databases[name];
    if (found === undefined) throw new Error(`No database ${name}`);
    return found;
  };
  const edgeConfig = edgeConfigWriter(kv, edgeKeys);
  const deps = { databases: { named, names: () => Object.keys(databases) }, edgeConfig };
  return { kv, edgeConfig, reconcile: async () => await reconcileEdgeConfig(deps) };
}

async function addLink(site: TestSite, slug: string, target: Database = db): Promise<void> {
  await target.execute(sql`
    insert into site.links (site_id, public_id, slug, destination, created_at)
    values (${site.siteId}, ${systemIds.publicId("lnk", new Date())}, ${slug}, 'https://shop.example/?a=1', now())`);
}

test("an edge that knows nothing learns every site and link", async () => {
  const site = await createSite(db);
  await addLink(site, "spring");
  const { kv, reconcile } = start();

  expect(await reconcile()).toEqual({ written: 2, removed: 0 });
  const known = edgeSite.parse(JSON.parse(kv.entries.get(`site:${site.siteKey}`)?.value ?? ""));
  expect(known).toMatchObject({
    siteId: site.siteId,
    siteKey: site.siteKey,
    database: "main",
    currency: "EUR",
  });
  expect(edgeLink.parse(JSON.parse(kv.entries.get("link:spring")?.value ?? ""))).toEqual({
    siteId: site.siteId,
    siteKey: site.siteKey,
    slug: "spring",
    destination: "https://shop.example/?a=1",
  });
});

test("a second run writes nothing", async () => {
  const site = await createSite(db);
  for (const slug of ["one", "two", "three"]) await addLink(site, slug);
  const { kv, reconcile } = start();
  await reconcile();
  kv.puts.length = 0;
  expect(await reconcile()).toEqual({ written: 0, removed: 0 });
  expect(kv.puts).toEqual([]);
});

test("what the api projected by itself is not written again", async () => {
  const site = await createSite(db);
  const { edgeConfig, reconcile } = start();
  const { rows } = await db.execute<{ identify_key: string; domain: string }>(
    sql`select identify_key, domain from site.sites where id = ${site.siteId}`,
  );
  const value = edgeSiteOf(
    {
      siteId: site.siteId,
      siteKey: site.siteKey,
      domain: rows[0]?.domain ?? "",
      origins: [],
      currency: "EUR",
      identity: "first-party",
      consentRequired: false,
      withoutConsent: "cookieless",
      honourGpc: true,
      honourDnt: false,
      identifyKey: rows[0]?.identify_key ?? "",
      silent: false,
    },
    "main",
  );
  await edgeConfig.put({ kind: "site", value });
  expect(await reconcile()).toEqual({ written: 0, removed: 0 });
});

test("only what differs is written, and what is gone is removed; salts are left alone", async () => {
  const [site, other] = [await createSite(db), await createSite(db)];
  await addLink(site, "stays");
  await addLink(site, "goes");
  const { kv, edgeConfig, reconcile } = start();
  await reconcile();
  await edgeConfig.put({ kind: "salt", value: { day: "2026-03-09", salt: "ab" }, expiresAt: new Date() });
  await db.execute(sql`update site.sites set silent = true where id = ${other.siteId}`);
  await db.execute(sql`update site.links set archived_at = now() where slug = 'goes'`);
  kv.puts.length = 0;

  expect(await reconcile()).toEqual({ written: 1, removed: 1 });
  expect(kv.puts).toEqual([`site:${other.siteKey}`]);
  expect([...kv.entries.keys()].toSorted()).toEqual(
    ["link:stays", "salt:2026-03-09", `site:${site.siteKey}`, `site:${other.siteKey}`].toSorted(),
  );
});

test("sites of every database are known with its name", async () => {
  const { db: second } = await createDatabase();
  await createSite(db);
  // Allocated in one directory, so that no two databases share an int.
  await createSite(second);
  const site = await createSite(second);
  const { kv, reconcile } = start({ main: db, eu: second });
  expect(await reconcile()).toEqual({ written: 3, removed: 0 });
  expect(JSON.parse(kv.entries.get(`site:${site.siteKey}`)?.value ?? "")).toMatchObject({ database: "eu" });
});

test("nothing is removed on a guess while a database does not answer; the others' news still arrives", async () => {
  const site = await createSite(db);
  const first = start();
  await first.reconcile();
  const late = await createSite(db);
  await first.edgeConfig.put({
    kind: "link",
    value: { siteId: 1, siteKey: "wms_elsewhere", slug: "elsewhere", destination: "https://x.example/" },
  });
  const { db: broken } = await createDatabase();
  await broken.execute(sql`drop table site.links cascade`);
  const deps = {
    databases: { named: (name: string) => (name === "main" ? db : broken), names: () => ["main", "broken"] },
    edgeConfig: first.edgeConfig,
  };
  await expect(reconcileEdgeConfig(deps)).rejects.toThrow(/links/);
  expect([...first.kv.entries.keys()].toSorted()).toEqual(
    ["link:elsewhere", `site:${site.siteKey}`, `site:${late.siteKey}`].toSorted(),
  );
});
