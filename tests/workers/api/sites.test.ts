import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { edgeSite } from "#contract/edge-config.ts";
import { site as siteShape } from "#contract/sites.ts";
import { COLLECT_ORIGIN } from "#tests/support/start-workers.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let stranger: Person;
beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  stranger = await signUp(api);
});

const SITES = "/api/v1/sites";
const addSite = async (person: Person, given: Record<string, unknown> = {}) => {
  const answer = await person.ask(`POST ${SITES}`, { ...SHOP, ...given });
  expect(answer.status).toBe(201);
  return siteShape.parse(answer.body);
};
const edgeSiteOf = async (key: string) => await (await api.edgeConfig()).get(`site:${key}`, "json");

describe("adding a site", () => {
  test("answers it whole, with the line of HTML to paste", async () => {
    const site = await addSite(owner);
    expect(site).toMatchObject({
      ...SHOP,
      identity: "first-party",
      consentRequired: false,
      withoutConsent: "cookieless",
      honourGpc: true,
      honourDnt: false,
      origins: [],
      ownDomains: [],
      silent: false,
      firstEventAt: null,
      lastEventAt: null,
    });
    expect(site.id).toMatch(/^site_[1-9A-HJ-NP-Za-km-z]{22}$/);
    expect(site.key).toMatch(/^wms_[2-9a-hjkmnp-z]{20}$/);
    expect(site.snippet).toBe(
      `<script defer src="${COLLECT_ORIGIN}/attribution.js" data-site="${site.key}" data-identity="first-party"></script>`,
    );
  });

  test("says in the snippet what the pixel must know of privacy", async () => {
    const cookieless = await addSite(owner, { identity: "cookieless" });
    expect(cookieless.snippet).not.toContain("data-identity");
    expect(cookieless.snippet).not.toContain("data-consent");
    const careful = await addSite(owner, { consentRequired: true });
    expect(careful.snippet).toContain(' data-identity="first-party" data-consent="required"></script>');
  });

  test("tells the edge at once, salts of today and tomorrow included", async () => {
    const site = await addSite(owner, { origins: ["https://*.shop.example"], honourDnt: true });
    const known = edgeSite.parse(await edgeSiteOf(site.key));
    expect(known).toMatchObject({
      siteKey: site.key,
      database: "main",
      origins: ["https://*.shop.example"],
      currency: "EUR",
      honourDnt: true,
      silent: false,
    });
    expect(known.identifyKey).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(site)).not.toContain(known.identifyKey);

    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const salts = (await (await api.edgeConfig()).list({ prefix: "salt:" })).keys.map(({ name }) => name);
    expect(salts).toEqual(expect.arrayContaining([`salt:${day(0)}`, `salt:${day(1)}`]));
  });

  test("never changes a salt that is there", async () => {
    await addSite(owner);
    const edge = await api.edgeConfig();
    const names = (await edge.list({ prefix: "salt:" })).keys.map(({ name }) => name);
    const before = await Promise.all(names.map(async (name) => await edge.get(name, "json")));
    await addSite(stranger);
    expect(await Promise.all(names.map(async (name) => await edge.get(name, "json")))).toEqual(before);
  });

  test("notes who did it, and the user's first site once", async () => {
    const person = await signUp(api);
    const first = await addSite(person);
    const second = await addSite(person);
    const { rows } = await api.db.execute(sql`
      select x.first_site_at, l.subject, l.action, l.detail
      from control.users u join control.user_metrics x on x.user_id = u.id
      join control.audit_log l on l.user_id = u.id and l.action like 'site.%'
      where u.email = ${person.email} order by l.id`);
    expect(rows.map(({ subject }) => subject)).toEqual([first.id, second.id]);
    expect(rows.map(({ action }) => action)).toEqual(["site.create", "site.create"]);
    expect(new Date(String(rows[1]?.["first_site_at"])).toISOString()).toBe(first.createdAt);
  });

  test("refuses what cannot be a site, field by field", async () => {
    const answer = await owner.ask(`POST ${SITES}`, {
      ...SHOP,
      name: " ",
      domain: "https://shop.example",
      origins: ["x"],
    });
    expect(answer.status).toBe(400);
    const paths = (answer.body["errors"] as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(["name", "domain", "origins.0"]);
  });

  test.each(["Europe/Atlantis", "+02:00", "Berlin", "Europe/Berlin; drop table", "GMT+99", ""])(
    "refuses the time zone %j",
    async (timeZone) => {
      const answer = await owner.ask(`POST ${SITES}`, { ...SHOP, timeZone });
      expect(answer.status).toBe(400);
      expect(answer.body["errors"]).toMatchObject([{ path: "timeZone" }]);
    },
  );

  test.each(["UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Europe/Kyiv"])(
    "takes the time zone %s",
    async (timeZone) => {
      expect((await addSite(owner, { timeZone })).timeZone).toBe(timeZone);
    },
  );

  test("refuses a currency that is none", async () => {
    const answer = await owner.ask(`POST ${SITES}`, { ...SHOP, currency: "XQX" });
    expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_currency"]);
  });

  test("that is sent twice under one Idempotency-Key makes one site", async () => {
    const person = await signUp(api);
    const headers = { "idempotency-key": "add-1" };
    const first = await person.ask(`POST ${SITES}`, SHOP, headers);
    const again = await person.ask(`POST ${SITES}`, SHOP, headers);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect((await person.ask(`GET ${SITES}`)).body["items"]).toHaveLength(1);

    const other = await person.ask(`POST ${SITES}`, { ...SHOP, name: "Other" }, headers);
    expect([other.status, other.body["code"]]).toEqual([422, "idempotency_key_reused"]);
    // The key is the account's own: another account may use the same words.
    expect(
      (await stranger.ask(`POST ${SITES}`, SHOP, headers)).headers.get("idempotent-replayed"),
    ).toBeNull();
  });

  test("leaves nothing half-done when its database fails, and can be asked for again", async () => {
    const person = await signUp(api);
    await api.db.execute(
      sql`alter table site.sites add constraint sites_no_more check (name <> 'Doomed') not valid`,
    );
    const answer = await person.ask(
      `POST ${SITES}`,
      { ...SHOP, name: "Doomed" },
      { "idempotency-key": "retry" },
    );
    expect([answer.status, answer.body["code"]]).toEqual([500, "internal_error"]);
    expect(answer.text).not.toContain("sites_no_more");
    expect((await person.ask(`GET ${SITES}`)).body["items"]).toEqual([]);
    const { rows } = await api.db.execute(sql`select 1 from control.site_directory d
      where not exists (select 1 from site.sites s where s.id = d.site_id)`);
    expect(rows).toEqual([]);

    await api.db.execute(sql`alter table site.sites drop constraint sites_no_more`);
    const retry = await person.ask(
      `POST ${SITES}`,
      { ...SHOP, name: "Doomed" },
      { "idempotency-key": "retry" },
    );
    expect(retry.status).toBe(201);
  });
});

describe("reading sites", () => {
  test("shows an account its own, page by page, in the order they were made", async () => {
    const person = await signUp(api);
    const made = [];
    for (const name of ["One", "Two", "Three"]) made.push(await addSite(person, { name }));
    const first = await person.ask(`GET ${SITES}?limit=2`);
    expect(first.body["items"]).toEqual(made.slice(0, 2));
    const second = await person.ask(`GET ${SITES}?limit=2&after=${String(first.body["next"])}`);
    expect(second.body).toEqual({ items: made.slice(2), next: null });
  });

  test.each(["x", "%00", "W10", "WyJhIl0", "WzEuNV0", "-1"])(
    "refuses the made-up cursor %s",
    async (after) => {
      const answer = await owner.ask(`GET ${SITES}?after=${after}`);
      expect([answer.status, answer.body["code"]]).toEqual([400, "invalid_cursor"]);
    },
  );

  test("says when the first and the latest event happened", async () => {
    const site = await addSite(owner);
    const at = "2026-11-20T10:00:00.000Z";
    await api.db.execute(sql`
      with s as (update site.sites set first_event_at = ${at}::timestamptz where public_id = ${site.id} returning id)
      insert into site.events (site_id, event_id, occurred_at, received_at, type, opens, flags)
      select s.id, site.uuid7_floor(${at}::timestamptz + n * interval '1 hour'), ${at}::timestamptz + n * interval '1 hour',
        now(), 1, 0, 0 from s, generate_series(0, 2) n`);
    const read = await owner.ask(`GET ${SITES}/${site.id}`);
    expect(read.body).toEqual({ ...site, firstEventAt: at, lastEventAt: "2026-11-20T12:00:00.000Z" });
  });

  test("knows nothing of another account's", async () => {
    const site = await addSite(owner);
    const routes = [
      [`GET ${SITES}/${site.id}`],
      [`PATCH ${SITES}/${site.id}`, { name: "Mine now" }],
      [`GET ${SITES}/site_1111111111111111111111`],
      [`GET ${SITES}/${site.id}%00`],
      [`GET ${SITES}/1`],
    ] as const;
    for (const [route, body] of routes) {
      const answer = await stranger.ask(route, body);
      expect([route, answer.status, answer.body["code"]]).toEqual([route, 404, "not_found"]);
    }
    expect((await owner.ask(`GET ${SITES}/${site.id}`)).body["name"]).toBe(SHOP.name);
    expect(JSON.stringify((await stranger.ask(`GET ${SITES}`)).body)).not.toContain(site.id);
  });
});

describe("changing a site", () => {
  test("writes what is given, keeps the rest, and tells the edge", async () => {
    const site = await addSite(owner);
    const changes = { name: "Beans", silent: true, ownDomains: ["beans.example"], identity: "cookieless" };
    const changed = await owner.ask(`PATCH ${SITES}/${site.id}`, changes);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...SHOP, ...changes, id: site.id, key: site.key });
    expect(changed.body["snippet"]).not.toContain("first-party");
    expect(await edgeSiteOf(site.key)).toMatchObject({ silent: true, identity: "cookieless" });
    expect((await owner.ask(`GET ${SITES}/${site.id}`)).body).toEqual(changed.body);
  });

  test("refuses what is wrong and then changes nothing", async () => {
    const site = await addSite(owner);
    for (const body of [
      { name: "New", timeZone: "Nowhere/Land" },
      { name: "New", currency: "euro" },
      { name: 5 },
    ]) {
      expect((await owner.ask(`PATCH ${SITES}/${site.id}`, body)).status).toBe(400);
    }
    expect((await owner.ask(`GET ${SITES}/${site.id}`)).body).toEqual(site);
  });

  test("notes which fields, not what was in them", async () => {
    const site = await addSite(owner);
    await owner.ask(`PATCH ${SITES}/${site.id}`, { name: "Renamed shop", honourGpc: false });
    await owner.ask(`PATCH ${SITES}/${site.id}`, {});
    const { rows } = await api.db.execute(
      sql`select detail from control.audit_log where subject = ${site.id} and action = 'site.update'`,
    );
    expect(rows).toEqual([{ detail: { changed: ["name", "honourGpc"] } }]);
  });
});

describe("permission", () => {
  test("to write is owner's and admin's; all but clients may read", async () => {
    const site = await addSite(owner);
    const seen: Record<string, number[]> = {};
    for (const role of ["admin", "marketer", "viewer", "client"] as const) {
      const member = await addMember(api, owner, role);
      seen[role] = [
        (await member.ask(`POST ${SITES}`, SHOP)).status,
        (await member.ask(`PATCH ${SITES}/${site.id}`, { name: role })).status,
        (await member.ask(`GET ${SITES}`)).status,
        (await member.ask(`GET ${SITES}/${site.id}`)).status,
      ];
    }
    expect(seen).toEqual({
      admin: [201, 200, 200, 200],
      marketer: [403, 403, 200, 200],
      viewer: [403, 403, 200, 200],
      client: [403, 403, 403, 403],
    });
  });

  test("of a program to read comes with any scope, to write with none", async () => {
    const site = await addSite(owner);
    const program = await addProgram(api, owner, ["events:write"]);
    expect((await program.ask(`GET ${SITES}/${site.id}`)).status).toBe(200);
    const refused = await program.ask(`POST ${SITES}`, SHOP);
    expect([refused.status, refused.body["code"]]).toEqual([403, "user_required"]);
    const foreign = await addProgram(api, stranger, ["events:write"]);
    expect((await foreign.ask(`GET ${SITES}/${site.id}`)).status).toBe(404);
  });

  test("is nobody's who is not signed in", async () => {
    const site = await addSite(owner);
    for (const route of [
      `GET ${SITES}`,
      `POST ${SITES}`,
      `GET ${SITES}/${site.id}`,
      `PATCH ${SITES}/${site.id}`,
    ]) {
      const body = route.startsWith("GET") ? undefined : SHOP;
      expect([route, (await ask(api, route, { body })).status]).toEqual([route, 401]);
    }
  });
});
