import { spawn } from "node:child_process";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { deadLetter, deadLetterDetail, replayAnswer, unreadableBody } from "#contract/admin.ts";
import { list } from "#contract/primitives.ts";
import { site as siteShape } from "#contract/sites.ts";
import { setSuperadmin } from "#db/queries/accounts/superadmins.ts";
import { refusedRequests } from "#contract/tracking.ts";
import { NO_SITE } from "#core/tracking/refusal-code.ts";
import { addRefusedCounts } from "#db/queries/ledger/refused-hours.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { buryMessage } from "#usecases/ingest/bury-message.ts";
import { addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApiWithSpill, sharedApi } from "./start-api.ts";

const LETTERS = "/api/v1/admin/dead-letters";

let api: RunningApiWithSpill;
let admin: Person;
let owner: Person;
let program: Person;
let site: { id: string; siteId: number };

beforeAll(async () => {
  api = await sharedApi();
  [admin, owner] = await Promise.all([signUp(api), signUp(api)]);
  program = await addProgram(api, admin, ["events:read", "events:write"]);
  await setSuperadmin(api.db, { email: admin.email, isSuperadmin: true, at: new Date() });
  const made = siteShape.parse((await owner.ask("POST /api/v1/sites", SHOP)).body);
  const { rows } = await api.db.execute<{ id: number }>(
    sql`select id from site.sites where public_id = ${made.id}`,
  );
  site = { id: made.id, siteId: rows[0]?.id ?? 0 };
});

/** The command as an operator runs it, over the same database. */
async function superadmin(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(projectFolder, "scripts/superadmin.ts"), ...args], {
    env: { ...process.env, DATABASE_URL: api.databaseUrl },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

async function bury(country = "DE"): Promise<string> {
  const view = { type: "pageview" as const, at: Date.now(), url: "https://shop.example/?mail=a@b.example" };
  const message = ingestMessage({ siteId: site.siteId, visitor: visitorId(), country, events: [view] });
  await buryMessage({ db: api.db, clock: { now: () => new Date() } }, message, "sqlstate_23502");
  const { rows } = await api.db.execute<{ id: string }>(
    sql`select id from site.dead_letters where receipt_id = ${message.receiptId}`,
  );
  return `dlt_main_${rows[0]?.id}`;
}

const acts = async () => {
  const { rows } = await api.db.execute<{ action: string }>(sql`
    select l.action from control.audit_log l join control.users u on u.id = l.user_id
    where u.email = ${admin.email} and l.action like 'admin.%' order by l.id`);
  return rows.map(({ action }) => action);
};

describe("the admin routes", () => {
  test("are not there for anybody but a superadmin", async () => {
    const id = await bury();
    const routes: [string, object?][] = [
      [`GET ${LETTERS}`],
      [`GET ${LETTERS}/${id}`],
      [`POST ${LETTERS}/${id}/disclosures`, {}],
      [`POST ${LETTERS}/replay`, { ids: [id] }],
      ["GET /api/v1/admin/unreadable-bodies"],
      ["GET /api/v1/admin/refusals"],
    ];
    for (const [route, body] of routes) {
      const nobody = await ask(api, route, { body });
      expect([route, nobody.status, nobody.body["code"]]).toEqual([route, 404, "not_found"]);
      for (const person of [owner, program]) {
        const answer = await person.ask(route, body);
        expect([route, answer.status, answer.body["code"]]).toEqual([route, 404, "not_found"]);
      }
    }
    const letter = Number(id.split("_").at(-1));
    const { rows } = await api.db.execute(
      sql`select replayed_at from site.dead_letters where id = ${letter}`,
    );
    expect(rows).toEqual([{ replayed_at: null }]);
  });

  test("disclose a letter once under one Idempotency-Key, and keep nothing of it", async () => {
    const route = `POST ${LETTERS}/${await bury()}/disclosures`;
    const key = { "idempotency-key": "look-once" };
    const before = await acts();
    expect((await admin.ask(route, {}, key)).status).toBe(201);
    const again = await admin.ask(route, {}, key);
    expect([again.status, again.body["code"]]).toEqual([409, "already_created"]);
    expect((await acts()).slice(before.length)).toEqual(["admin.dead_letters.disclose"]);
    const { rows } = await api.db.execute(
      sql`select body from control.idempotency_keys where key = 'look-once'`,
    );
    expect(rows).toEqual([{ body: null }]);
  });

  test("list letters, show one masked, and in clear only when that is asked for", async () => {
    const id = await bury();
    const page = list(deadLetter).parse((await admin.ask(`GET ${LETTERS}?site=${site.id}&limit=1`)).body);
    expect(page.items).toMatchObject([{ id, site: { id: site.id, name: SHOP.name }, events: 1 }]);
    expect(page.next).not.toBeNull();
    const masked = deadLetterDetail.parse((await admin.ask(`GET ${LETTERS}/${id}`)).body);
    expect(masked.isMasked).toBe(true);
    expect(JSON.stringify(masked)).not.toContain("a@b.example");
    const shown = await admin.ask(`POST ${LETTERS}/${id}/disclosures`, {});
    expect(shown.status).toBe(201);
    expect(deadLetterDetail.parse(shown.body).message).toMatchObject({ siteId: site.siteId });
    expect((await acts()).slice(-3)).toEqual([
      "admin.dead_letters.list",
      "admin.dead_letters.read",
      "admin.dead_letters.disclose",
    ]);
  });

  test("replay letters by id and by filter; what fails again keeps its reason", async () => {
    const good = await bury();
    const bad = await bury("DEU");
    const first = replayAnswer.parse((await admin.ask(`POST ${LETTERS}/replay`, { ids: [good, bad] })).body);
    expect(first.items).toEqual([
      { id: good, outcome: "ingested", reason: null },
      { id: bad, outcome: "failed", reason: "sqlstate_22001" },
    ]);
    expect((await acts()).at(-1)).toBe("admin.dead_letters.replay");
    const filter = { site: site.id, reason: "sqlstate_22001" };
    const again = replayAnswer.parse((await admin.ask(`POST ${LETTERS}/replay`, { filter })).body);
    expect(again).toMatchObject({ items: [{ id: bad, outcome: "failed" }], next: null });
    const waiting = await admin.ask(`GET ${LETTERS}?state=waiting&reason=sqlstate_22001`);
    expect(list(deadLetter).parse(waiting.body).items).toMatchObject([{ id: bad, attempts: 2 }]);
  });

  test("list what nobody could read", async () => {
    await api.putUnreadable("a.json", "half a bo");
    await api.putUnreadable("b.json", "{}");
    const route = "GET /api/v1/admin/unreadable-bodies";
    const first = list(unreadableBody).parse((await admin.ask(`${route}?limit=1`)).body);
    expect(first.items).toMatchObject([{ key: "unreadable/a.json", bytes: 9 }]);
    const second = list(unreadableBody).parse((await admin.ask(`${route}?after=${first.next}`)).body);
    expect(second).toMatchObject({ items: [{ key: "unreadable/b.json" }], next: null });
  });

  test("say how many requests named no known site", async () => {
    const at = new Date();
    const counts = [
      { siteId: NO_SITE, code: "unknown_site", requests: 3 },
      { siteId: site.siteId, code: "rate_limited", requests: 5 },
    ];
    await addRefusedCounts(api.db, { reportId: eventId(at.getTime()), at, counts });
    const answer = await admin.ask("GET /api/v1/admin/refusals");
    expect(answer.status).toBe(200);
    expect(refusedRequests.parse(answer.body).byCode).toEqual([{ code: "unknown_site", requests: 3 }]);
  });

  test.each<[string, object?]>([
    [`GET ${LETTERS}?after=nonsense`],
    [`GET ${LETTERS}?state=open`],
    [`POST ${LETTERS}/replay`, {}],
    [`POST ${LETTERS}/replay`, { ids: ["dlt_main_1"], filter: {} }],
    [`POST ${LETTERS}/replay`, { ids: [] }],
    ["GET /api/v1/admin/unreadable-bodies?after=x"],
  ])("refuse what makes no sense: %s %j", async (route, body) => {
    expect((await admin.ask(route, body)).status).toBe(400);
  });

  test.each(["dlt_main_999999", "dlt_other_1", "1", "dlt_main_x"])("know no letter %s", async (id) => {
    expect((await admin.ask(`GET ${LETTERS}/${id}`)).status).toBe(404);
  });
});

describe("the superadmin command", () => {
  test(
    "gives the right, lists who has it, and takes it at once, whatever is cached",
    { tags: ["long"] },
    async () => {
      const person = await signUp(api);
      expect((await person.ask("GET /api/v1/me")).body["superadmin"]).toBe(false);
      expect(await superadmin("grant", person.email)).toMatchObject({ code: 0 });
      expect(await superadmin("grant", person.email.toUpperCase())).toMatchObject({ code: 0 });
      expect((await person.ask(`GET ${LETTERS}`)).status).toBe(200);
      expect((await superadmin("list")).output).toContain(person.email);
      expect(await superadmin("revoke", person.email)).toMatchObject({ code: 0 });
      expect((await person.ask(`GET ${LETTERS}`)).status).toBe(404);
      const { rows } = await api.db.execute(sql`
      select l.action from control.audit_log l join control.users u on u.public_id = l.subject
      where u.email = ${person.email} and l.action like 'superadmin.%' order by l.id`);
      expect(rows).toEqual([{ action: "superadmin.grant" }, { action: "superadmin.revoke" }]);
    },
  );

  test("says what it cannot do", { tags: ["long"] }, async () => {
    expect(await superadmin("grant", "nobody@people.example")).toMatchObject({
      code: 1,
      output: expect.stringContaining("Nobody"),
    });
    expect(await superadmin("promote", admin.email)).toMatchObject({ code: 1 });
  });
});
