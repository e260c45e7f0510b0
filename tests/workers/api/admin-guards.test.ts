import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";

import { SCOPES } from "#contract/accounts.ts";
import { auditEntry } from "#contract/audit-log.ts";
import { list } from "#contract/primitives.ts";
import { productMetrics } from "#contract/product-metrics.ts";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { systemIds } from "#platform/ids.ts";
import { ingestMessage } from "#tests/support/messages.ts";
import { buryMessage } from "#usecases/ingest/bury-message.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let admin: Person;
let letterId: string;
/** A webhook for the operators' alerts, and one of these that fires. */
let channelId: string;
let alertId: string;
/** "GET /api/v1/admin/…" of every route that the API says it has for superadmins. */
let routes: string[];

beforeAll(async () => {
  api = await sharedApi();
  admin = await signUp(api);
  await setSuperadmin(api.db, { email: admin.email, isSuperadmin: true, at: new Date() });
  const { paths } = (await ask(api, "GET /api/v1/openapi.json")).body as { paths: Record<string, object> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith("/api/v1/admin/")
      ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
      : [],
  );
  letterId = await bury();
  [channelId, alertId] = await Promise.all([addChannel(), addAlert()]);
});

async function addChannel(): Promise<string> {
  const hook = { kind: "webhook", name: "Pager", target: "https://pager.example.com/" };
  return String((await admin.ask("POST /api/v1/admin/alert-channels", hook)).body["id"]);
}

async function addAlert(): Promise<string> {
  const publicId = systemIds.publicId("alt", new Date());
  const cause = { kind: "rollup-stalled", seconds: 900, what: "hours" };
  await api.db.execute(sql`
    insert into control.alerts (public_id, database, kind, subject, key, status, cause, bad_since, fired_at, measured_at,
      looked_at)
    values (${publicId}, 'main', 'rollup-stalled', 'main', ${publicId}, 'firing', ${JSON.stringify(cause)}::jsonb, now(),
      now(), now(), now())`);
  return publicId;
}

async function bury(): Promise<string> {
  const site = String((await admin.ask("POST /api/v1/sites", SHOP)).body["id"]);
  const { rows } = await api.db.execute<{ id: number }>(
    sql`select id from site.sites where public_id = ${site}`,
  );
  const events = [{ type: "pageview" as const, at: Date.now(), url: "https://shop.example/" }];
  const message = ingestMessage({ siteId: rows[0]?.id ?? 0, events });
  await buryMessage({ db: api.db, clock: { now: () => new Date() } }, message, "sqlstate_23502");
  const letters = await api.db.execute<{ id: string }>(
    sql`select id from site.dead_letters where receipt_id = ${message.receiptId}`,
  );
  return `dlt_main_${letters.rows[0]?.id}`;
}

function pathOf(route: string): string {
  return route
    .replaceAll("{deadLetterId}", letterId)
    .replaceAll("{channelId}", channelId)
    .replaceAll("{alertId}", alertId)
    .replaceAll("{alertKind}", "slow-answers")
    .replaceAll(/\{\w+\}/g, "1");
}

async function acts(): Promise<string[]> {
  const { rows } = await api.db.execute<{ action: string }>(sql`
    select l.action from control.audit_log l join control.users u on u.id = l.user_id
    where u.email = ${admin.email} and l.action like 'admin.%' order by l.id`);
  return rows.map(({ action }) => action);
}

describe("every route of superadmins", () => {
  it(
    "is not there for nobody, an owner, a colleague and a program of the superadmin's own account",
    { tags: ["long"] },
    async () => {
      expect(routes.length).toBeGreaterThan(8);
      const [owner, colleague, program] = await Promise.all([
        signUp(api),
        addMember(api, admin, "admin"),
        addProgram(api, admin, [...SCOPES]),
      ]);
      const before = await acts();
      for (const route of routes) {
        const body = route.startsWith("GET ") ? undefined : {};
        const asked = [await ask(api, pathOf(route), { body })];
        for (const person of [owner, colleague, program]) asked.push(await person.ask(pathOf(route), body));
        const told = asked.map(({ status, body: { code } }) => `${route} ${status} ${String(code)}`);
        expect(new Set(told)).toEqual(new Set([`${route} 404 not_found`]));
      }
      expect(await acts()).toEqual(before);
    },
  );

  it("notes what it changes or discloses, and who looked at whose data", { tags: ["long"] }, async () => {
    // Of a currency that no other file's money is in: it holds for every account.
    const rates = [{ currency: "ISK", day: "2026-01-02", rate: "145.5" }];
    /** What is done by each route that does something, and what the log calls it. */
    const done: Readonly<Record<string, [body: object, action: string]>> = {
      "POST /api/v1/admin/dead-letters/{deadLetterId}/disclosures": [{}, "admin.dead_letters.disclose"],
      "POST /api/v1/admin/dead-letters/replay": [{ ids: [letterId] }, "admin.dead_letters.replay"],
      "PUT /api/v1/admin/rates": [{ rates }, "admin.rates.put"],
      "POST /api/v1/admin/alerts/{alertId}/acknowledge": [{}, "admin.alert.acknowledge"],
      "PUT /api/v1/admin/alert-rules/{alertKind}": [{ isEnabled: true }, "admin.alert_rule.update"],
      "DELETE /api/v1/admin/alert-rules/{alertKind}": [{}, "admin.alert_rule.reset"],
      "POST /api/v1/admin/alert-channels": [
        { kind: "mail", name: "On call", target: "oncall@ops.example" },
        "admin.alert_channel.create",
      ],
      "PATCH /api/v1/admin/alert-channels/{channelId}": [{ name: "Night" }, "admin.alert_channel.update"],
      "POST /api/v1/admin/alert-channels/{channelId}/secret": [{}, "admin.alert_channel.replace_secret"],
      "POST /api/v1/admin/alert-channels/{channelId}/test": [{}, "admin.alert_channel.test"],
      "DELETE /api/v1/admin/alert-channels/{channelId}": [{}, "admin.alert_channel.delete"],
    };
    const looked: Readonly<Record<string, string>> = {
      "GET /api/v1/admin/dead-letters": "admin.dead_letters.list",
      "GET /api/v1/admin/dead-letters/{deadLetterId}": "admin.dead_letters.read",
      "GET /api/v1/admin/unreadable-bodies": "admin.unreadable_bodies.list",
      "GET /api/v1/admin/product-metrics": "admin.product_metrics.read",
      "GET /api/v1/admin/audit-log": "admin.audit_log.list",
    };
    // A route that is new has to say here what it notes.
    expect(routes.filter((route) => !route.startsWith("GET ")).toSorted()).toEqual(
      Object.keys(done).toSorted(),
    );
    const asked = [
      ...Object.entries(looked).map(([route, action]) => [route, undefined, action] as const),
      ...Object.entries(done).map(([route, [body, action]]) => [route, body, action] as const),
    ];
    for (const [route, body, action] of asked) {
      const before = await acts();
      const { status } = await admin.ask(pathOf(route), body);
      expect([route, status < 300, (await acts()).slice(before.length)]).toEqual([route, true, [action]]);
    }
  });
});

describe("the product metrics", () => {
  it("are as the contract says, and only of as many weeks as there may be", async () => {
    const { status, body } = await admin.ask("GET /api/v1/admin/product-metrics?weeks=4");
    expect([status, productMetrics.parse(body).cohorts.length]).toEqual([200, 4]);
    for (const weeks of ["0", "54", "x"]) {
      const refused = await admin.ask(`GET /api/v1/admin/product-metrics?weeks=${weeks}`);
      expect([refused.status, refused.body["code"]]).toEqual([400, "invalid_request"]);
    }
  });
});

describe("the audit log", () => {
  it("tells an account's owner who did what, newest first and page by page, and nothing of others", async () => {
    const owner = await signUp(api);
    const other = await signUp(api);
    await other.ask("POST /api/v1/sites", SHOP);
    const program = await addProgram(api, owner, ["campaigns:write"]);
    const site = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
    await program.ask(`POST /api/v1/sites/${site}/campaigns`, { name: "Spring", channel: "email" });
    const first = list(auditEntry).parse((await owner.ask("GET /api/v1/audit-log?limit=2")).body);
    expect(first.items).toMatchObject([
      { action: "campaign.create", actor: { kind: "key", name: "Program" }, detail: { name: "Spring" } },
      { action: "site.create", subject: site, actor: { kind: "user", name: "Ann Example" } },
    ]);
    const next = await owner.ask(`GET /api/v1/audit-log?limit=2&after=${first.next}`);
    expect(list(auditEntry).parse(next.body)).toMatchObject({
      items: [{ action: "api_key.create" }, { action: "account.create" }],
      next: null,
    });
    const campaigns = list(auditEntry).parse((await owner.ask("GET /api/v1/audit-log?area=campaign")).body);
    expect(campaigns.items.map(({ action }) => action)).toEqual(["campaign.create"]);
  });

  it("is for owners and admins who are signed in", async () => {
    const owner = await signUp(api);
    const [colleague, marketer] = await Promise.all([
      addMember(api, owner, "admin"),
      addMember(api, owner, "marketer"),
    ]);
    const program = await addProgram(api, owner, [...SCOPES]);
    const statusOf = async (person: Person) => (await person.ask("GET /api/v1/audit-log")).status;
    expect(await statusOf(colleague)).toBe(200);
    expect([await statusOf(marketer), await statusOf(program)]).toEqual([403, 403]);
    expect((await ask(api, "GET /api/v1/audit-log")).status).toBe(401);
    for (const query of ["after=x", "area=%25", "limit=0"]) {
      expect((await owner.ask(`GET /api/v1/audit-log?${query}`)).status).toBe(400);
    }
  });

  it("of superadmins holds what each of them did, and who was given the right", async () => {
    const colleague = await signUp(api);
    await setSuperadmin(api.db, { email: colleague.email, isSuperadmin: true, at: new Date() });
    await colleague.ask("GET /api/v1/admin/product-metrics");
    const { items } = list(auditEntry).parse((await admin.ask("GET /api/v1/admin/audit-log?limit=3")).body);
    expect(items.map(({ action }) => action)).toEqual([
      "admin.audit_log.list",
      "admin.product_metrics.read",
      "superadmin.grant",
    ]);
    const bad = await admin.ask("GET /api/v1/admin/audit-log?after=x");
    expect(bad.body["code"]).toBe("invalid_cursor");
  });
});
