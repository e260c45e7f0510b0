import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { visitorExport } from "#contract/visitors.ts";
import { ingestMessage, visitorId } from "#tests/support/messages.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { startApi, type TestApi } from "./start-api.ts";

let api: TestApi;
let owner: Person;
let site: { id: string; siteId: number };

beforeAll(async () => {
  api = await startApi();
  owner = await signUp(api);
  const { body } = await owner.ask("POST /api/v1/sites", SHOP);
  const { rows } = await api.db.execute<{ id: number }>(
    sql`select id from site.sites where public_id = ${String(body["id"])}`,
  );
  site = { id: String(body["id"]), siteId: rows[0]?.id ?? 0 };
});
afterAll(async () => {
  await api.stop();
});

async function comeIn(): Promise<string> {
  const visitor = visitorId();
  const at = Date.now() - 60_000;
  const events = [{ type: "pageview" as const, at, url: "https://shop.example/" }];
  await ingestEvents({ db: api.db, clock: { now: () => new Date() }, sites: new Map() }, [
    ingestMessage({ siteId: site.siteId, visitor, events }),
  ]);
  return visitor;
}

const exportOf = (visitor: string) => `GET /api/v1/sites/${site.id}/visitors/${visitor}/export`;
const erasureOf = (visitor: string) => `DELETE /api/v1/sites/${site.id}/visitors/${visitor}`;

describe("one visitor's data", () => {
  test("is exported whole as a file, in the shape of the contract", async () => {
    const visitor = await comeIn();

    const answer = await owner.ask(exportOf(visitor));

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="visitor-${visitor}.json"`);
    expect(answer.headers.get("cache-control")).toContain("no-store");
    const exported = visitorExport.parse(answer.body);
    expect(exported).toMatchObject({ site: site.id, visitor: { id: visitor } });
    expect(exported.events).toHaveLength(1);
    expect(exported.sessions).toHaveLength(1);
  });

  test("is erased, and is not there any more; asked for again it is still erased", async () => {
    const visitor = await comeIn();

    expect((await owner.ask(erasureOf(visitor))).status).toBe(204);

    expect((await owner.ask(exportOf(visitor))).status).toBe(404);
    expect((await owner.ask(erasureOf(visitor.toUpperCase()))).status).toBe(204);
    const { rows } = await api.db.execute<{ subject: string; detail: unknown }>(
      sql`select subject, detail from control.audit_log where action = 'visitor.erase'`,
    );
    expect(rows).toEqual([{ subject: site.id, detail: null }]);
  });

  test("is for owners and admins: others of the account get 403, programs too", async () => {
    const visitor = await comeIn();
    const admin = await addMember(api, owner, "admin");
    const others = [
      await addMember(api, owner, "marketer"),
      await addMember(api, owner, "viewer"),
      await addProgram(api, owner, ["events:read", "events:write"]),
    ];

    for (const person of others) {
      for (const route of [exportOf(visitor), erasureOf(visitor)]) {
        expect((await person.ask(route)).status).toBe(403);
      }
    }
    expect((await admin.ask(exportOf(visitor))).status).toBe(200);
    expect((await admin.ask(erasureOf(visitor))).status).toBe(204);
  });

  test("is nobody's business who is not signed in, and another account's site is not there", async () => {
    const visitor = await comeIn();
    const stranger = await signUp(api);

    for (const route of [exportOf(visitor), erasureOf(visitor)]) {
      expect((await ask(api, route)).status).toBe(401);
      expect((await stranger.ask(route)).status).toBe(404);
    }
    expect((await owner.ask(exportOf(visitor))).status).toBe(200);
  });

  test("of an id that nobody came with is not there, and half an id is told as such", async () => {
    for (const route of [exportOf, erasureOf]) {
      expect((await owner.ask(route(visitorId()))).status).toBe(404);
      const half = await owner.ask(route("0197f3c2-8e1a"));
      expect([half.status, half.body["code"]]).toEqual([400, "invalid_request"]);
    }
  });
});
