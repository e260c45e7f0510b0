import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { systemIds } from "#platform/ids.ts";
import { addMember, addProgram, ask, SHOP, signUp, type Person } from "./people.ts";
import { sharedApi, type RunningApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let stranger: Person;
let siteId: string;
let alertId: string;

beforeAll(async () => {
  api = await sharedApi();
  [owner, stranger] = await Promise.all([signUp(api), signUp(api)]);
  siteId = String((await owner.ask("POST /api/v1/sites", SHOP)).body["id"]);
  alertId = await addAlert(siteId);
});

/** A site of the owner's that is silent; the alert's public id. */
async function addAlert(site: string): Promise<string> {
  const publicId = systemIds.publicId("alt", new Date());
  const cause = { kind: "site-silent", lastEventMs: 0, timeZone: "UTC", minutes: 61, usual: null };
  await api.db.execute(sql`
    insert into control.alerts (public_id, account_id, site_id, site_public_id, site_name, database, kind, subject, key,
      status, cause, bad_since, fired_at, measured_at, looked_at)
    select ${publicId}, d.account_id, d.site_id, d.public_id, 'Bean Shop', 'main', 'site-silent', '', ${publicId}, 'firing',
      ${JSON.stringify(cause)}::jsonb, now(), now(), now(), now()
    from control.site_directory d where d.public_id = ${site}`);
  return publicId;
}

async function makeSuperadmin({ email }: Person): Promise<void> {
  await api.db.execute(sql`update control.users set is_superadmin = true where email = ${email}`);
}

describe("alerts", () => {
  it("are listed with words, link and state, by site and status", async () => {
    const { status, body } = await owner.ask(`GET /api/v1/alerts?status=firing&site=${siteId}`);
    expect(status).toBe(200);
    expect(body["items"]).toMatchObject([
      {
        id: alertId,
        title: "No events arrive: Bean Shop",
        text: "No event since 1970-01-01 00:00 (UTC).",
        site: { id: siteId, name: "Bean Shop" },
        path: `/tracking-health?site=${siteId}`,
        runbook: "/docs/runbooks/site-silent",
        acknowledgedAt: null,
      },
    ]);
    expect((await owner.ask("GET /api/v1/alerts?status=resolved")).body["items"]).toEqual([]);
    expect((await owner.ask("GET /api/v1/alerts?status=odd")).status).toBe(400);
    expect((await owner.ask("GET /api/v1/alerts?after=odd")).body["code"]).toBe("invalid_cursor");
  });

  it("are another account's 404, and nobody's without a sign-in", async () => {
    expect((await stranger.ask(`GET /api/v1/alerts/${alertId}`)).status).toBe(404);
    expect((await stranger.ask(`POST /api/v1/alerts/${alertId}/acknowledge`)).status).toBe(404);
    expect((await stranger.ask(`GET /api/v1/alerts?site=${siteId}`)).status).toBe(404);
    expect((await stranger.ask("GET /api/v1/alerts")).body["items"]).toEqual([]);
    for (const route of ["alerts", "alerts/summary", `alerts/${alertId}`, "alert-channels"]) {
      expect((await ask(api, `GET /api/v1/${route}`)).status).toBe(401);
    }
  });

  it("are acknowledged by a marketer, once, and not by a viewer, a program or a client", async () => {
    const [marketer, viewer, client] = await Promise.all([
      addMember(api, owner, "marketer"),
      addMember(api, owner, "viewer"),
      addMember(api, owner, "client"),
    ]);
    const program = await addProgram(api, owner, ["analytics:read"]);
    const route = `POST /api/v1/alerts/${alertId}/acknowledge`;
    expect((await viewer.ask("GET /api/v1/alerts")).status).toBe(200);
    expect((await program.ask("GET /api/v1/alerts")).status).toBe(200);
    expect((await client.ask("GET /api/v1/alerts")).status).toBe(403);
    expect((await client.ask("GET /api/v1/alert-channels")).status).toBe(403);
    expect((await viewer.ask(route)).status).toBe(403);
    expect((await program.ask(route)).status).toBe(403);
    expect((await marketer.ask("GET /api/v1/alerts/summary")).body).toEqual({ firing: 1, open: 1 });

    const seen = await marketer.ask(route);
    expect(seen.body).toMatchObject({ acknowledgedBy: "Bea Example", messages: [] });
    const again = await owner.ask(route);
    expect(again.body["acknowledgedAt"]).toBe(seen.body["acknowledgedAt"]);
    expect((await owner.ask("GET /api/v1/alerts/summary")).body).toEqual({ firing: 1, open: 0 });
    for (const change of ["PUT /api/v1/sites/x/alert-rules/overspend", "POST /api/v1/alert-channels"]) {
      expect((await marketer.ask(change.replace("/x/", `/${siteId}/`), {})).status).toBe(403);
    }
  });

  it("that are over cannot be acknowledged", async () => {
    const over = await addAlert(siteId);
    await api.db.execute(
      sql`update control.alerts set status = 'resolved', resolved_at = now() where public_id = ${over}`,
    );
    const answer = await owner.ask(`POST /api/v1/alerts/${over}/acknowledge`);
    expect(answer.body["code"]).toBe("status_conflict");
  });
});

describe("rules", () => {
  it("hold for a site from its first day, are changed whole, and are the standard again", async () => {
    const route = `/api/v1/sites/${siteId}/alert-rules`;
    const { items } = (await owner.ask(`GET ${route}`)).body as { items: Record<string, unknown>[] };
    expect(
      items.map(({ kind, scope, isEnabled, isStandard }) => [kind, scope, isEnabled, isStandard]),
    ).toEqual([
      ["site-silent", "site", true, true],
      ["conversion-drop", "site", true, true],
      ["overspend", "site", true, true],
      ["under-delivery", "site", true, true],
      ["cpa-above-target", "site", true, true],
      ["report-failure", "account", true, true],
    ]);
    const changed = await owner.ask(`PUT ${route}/conversion-drop`, {
      isEnabled: true,
      parameters: { percent: 30, hours: 3 },
    });
    expect(changed.body).toMatchObject({ isStandard: false, channels: null });
    expect(changed.body["words"]).toMatch(/at least 30 % fewer conversions/);
    expect((await owner.ask(`DELETE ${route}/conversion-drop`)).body).toMatchObject({ isStandard: true });
  });

  it("of all sites are one, whichever site they are changed at", async () => {
    const other = String(
      (await owner.ask("POST /api/v1/sites", { ...SHOP, domain: "two.example" })).body["id"],
    );
    await owner.ask(`PUT /api/v1/sites/${siteId}/alert-rules/report-failure`, { isEnabled: false });
    const { items } = (await owner.ask(`GET /api/v1/sites/${other}/alert-rules`)).body as {
      items: Record<string, unknown>[];
    };
    expect(items.at(-1)).toMatchObject({ kind: "report-failure", isEnabled: false });
  });

  it("refuse what means nothing", async () => {
    const route = `PUT /api/v1/sites/${siteId}/alert-rules`;
    const refused = async (kind: string, body: unknown) => (await owner.ask(`${route}/${kind}`, body)).status;
    expect(await refused("error-rate", { isEnabled: true })).toBe(404);
    expect(await refused("overspend", { isEnabled: true, parameters: { percent: 0 } })).toBe(400);
    expect(await refused("overspend", { isEnabled: true, parameters: { odd: 1 } })).toBe(400);
    expect(await refused("overspend", { isEnabled: true, channels: ["ach_nobody"] })).toBe(400);
    expect(await refused("overspend", { parameters: {} })).toBe(400);
    expect((await stranger.ask(`${route}/overspend`, { isEnabled: false })).status).toBe(404);
    expect((await ask(api, `GET /api/v1/sites/${siteId}/alert-rules`)).status).toBe(401);
  });
});

describe("channels", () => {
  it("are made once under one Idempotency-Key, an account's and the operators'", async () => {
    const operator = await signUp(api);
    await makeSuperadmin(operator);
    for (const [person, route] of [
      [owner, "/api/v1/alert-channels"],
      [operator, "/api/v1/admin/alert-channels"],
    ] as const) {
      const key = { "idempotency-key": "one-channel" };
      const channel = { kind: "webhook", name: "Once", target: "https://pager.example.com/once" };
      const before = ((await person.ask(`GET ${route}`)).body["items"] as unknown[]).length;
      expect((await person.ask(`POST ${route}`, channel, key)).status).toBe(201);
      const again = await person.ask(`POST ${route}`, channel, key);
      expect([again.status, again.body["code"]]).toEqual([409, "already_created"]);
      const other = await person.ask(`POST ${route}`, { ...channel, name: "Other" }, key);
      expect([other.status, other.body["code"]]).toEqual([422, "idempotency_key_reused"]);
      const after = (await person.ask(`GET ${route}`)).body["items"] as { id: string; name: string }[];
      expect(after.length).toBe(before + 1);
      const made = after.find(({ name }) => name === "Once");
      await person.ask(`DELETE ${route}/${made?.id}`);
    }
    const { rows } = await api.db.execute(
      sql`select body from control.idempotency_keys where key = 'one-channel'`,
    );
    expect(rows).toEqual([{ body: null }, { body: null }]);
  });

  it("show a webhook's secret once, and its address never", async () => {
    const made = await owner.ask("POST /api/v1/alert-channels", {
      kind: "webhook",
      name: "Pager",
      target: "https://pager.example.com/hooks/very-secret",
      quietHours: { from: "22:00", to: "07:30", timeZone: "Europe/Berlin" },
    });
    expect(made.status).toBe(201);
    expect(made.body["secret"]).toMatch(/^whsec_[0-9a-f]{64}$/);
    const listed = await owner.ask("GET /api/v1/alert-channels");
    expect(listed.text).not.toMatch(/whsec_|very-secret/);
    expect(listed.body["items"]).toMatchObject([
      {
        kind: "webhook",
        target: "pager.example.com/…cret",
        quietHours: { from: "22:00", to: "07:30", timeZone: "Europe/Berlin" },
        last: null,
      },
    ]);
    const id = String(made.body["id"]);
    const replaced = await owner.ask(`POST /api/v1/alert-channels/${id}/secret`);
    expect(replaced.body["secret"]).not.toBe(made.body["secret"]);
    const tested = await owner.ask(`POST /api/v1/alert-channels/${id}/test`);
    expect([tested.status, tested.body["last"]]).toMatchObject([202, { status: "waiting" }]);
    const renamed = await owner.ask(`PATCH /api/v1/alert-channels/${id}`, {
      name: "On call",
      quietHours: null,
    });
    expect(renamed.body).toMatchObject({
      name: "On call",
      quietHours: null,
      target: "pager.example.com/…cret",
    });

    for (const act of [`PATCH`, `DELETE`]) {
      const body = act === "PATCH" ? { name: "Mine" } : undefined;
      expect((await stranger.ask(`${act} /api/v1/alert-channels/${id}`, body)).status).toBe(404);
    }
    for (const act of ["secret", "test"]) {
      expect((await stranger.ask(`POST /api/v1/alert-channels/${id}/${act}`)).status).toBe(404);
    }
    expect((await owner.ask(`DELETE /api/v1/alert-channels/${id}`)).status).toBe(204);
    expect((await owner.ask(`DELETE /api/v1/alert-channels/${id}`)).status).toBe(404);
  });

  it("mail to the account's own people only", async () => {
    const add = async (target: string) =>
      await owner.ask("POST /api/v1/alert-channels", { kind: "mail", name: "Mail", target });
    expect((await add("somebody@else.example")).status).toBe(400);
    expect((await add("no address")).status).toBe(400);
    const made = await add(owner.email.toUpperCase());
    expect([made.status, made.body["target"], made.body["secret"]]).toEqual([201, owner.email, null]);
    const secret = await owner.ask(`POST /api/v1/alert-channels/${String(made.body["id"])}/secret`);
    expect(secret.body["code"]).toBe("status_conflict");
  });

  it("post nowhere inside, and know their zones", async () => {
    const add = async (body: Record<string, unknown>) =>
      (await owner.ask("POST /api/v1/alert-channels", { kind: "slack", name: "Ops", ...body })).body["code"];
    expect(await add({ target: "https://10.0.0.8/" })).toBe("invalid_request");
    expect(await add({ target: "http://example.com/" })).toBe("invalid_request");
    const quietHours = { from: "22:00", to: "07:00", timeZone: "Mars/Base" };
    expect(await add({ target: "https://example.com/", quietHours })).toBe("invalid_time_zone");
    expect(await add({ target: "https://example.com/", quietHours: { ...quietHours, from: "25:00" } })).toBe(
      "invalid_request",
    );
  });
});

describe("the operators'", () => {
  it("alerts, rules and channels are apart from every account's, 404 to others, and noted", async () => {
    const operator = await signUp(api);
    expect((await operator.ask("GET /api/v1/admin/alerts")).status).toBe(404);
    await makeSuperadmin(operator);
    const rules = (await operator.ask("GET /api/v1/admin/alert-rules")).body as { items: { kind: string }[] };
    expect(rules.items.map(({ kind }) => kind)).toEqual([
      "error-rate",
      "slow-answers",
      "ingest-lag",
      "dead-letters",
      "rollup-stalled",
      "report-failure",
    ]);
    expect((await operator.ask(`GET /api/v1/admin/alerts/${alertId}`)).status).toBe(404);
    expect((await operator.ask("GET /api/v1/admin/alerts/summary")).status).toBe(200);
    const changed = await operator.ask("PUT /api/v1/admin/alert-rules/slow-answers", {
      isEnabled: true,
      parameters: { p95Ms: 500 },
    });
    expect(changed.body["words"]).toMatch(/not answered within 500 ms/);
    await operator.ask("DELETE /api/v1/admin/alert-rules/slow-answers");
    const made = await operator.ask("POST /api/v1/admin/alert-channels", {
      kind: "mail",
      name: "On call",
      target: "oncall@ops.example",
    });
    expect(made.status).toBe(201);
    expect((await owner.ask("GET /api/v1/alert-channels")).text).not.toContain("oncall");
    const { rows } = await api.db.execute<{ action: string }>(sql`
      select a.action from control.audit_log a join control.users u on u.id = a.user_id
      where u.email = ${operator.email} and a.action like 'admin.%' order by a.id`);
    expect(rows.map(({ action }) => action)).toEqual([
      "admin.alert_rule.update",
      "admin.alert_rule.reset",
      "admin.alert_channel.create",
    ]);
    for (const route of ["alerts", "alert-rules", "alert-channels"]) {
      expect((await ask(api, `GET /api/v1/admin/${route}`)).status).toBe(404);
    }
  });
});
