import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";

import { list } from "#contract/primitives.ts";
import { foundVisitor, visitorExport } from "#contract/visitors.ts";
import { eventId, ingestMessage, visitorId } from "#tests/support/messages.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { addMember, addProgram, ask, type Person, SHOP, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

let api: RunningApi;
let owner: Person;
let site: { id: string; siteId: number };

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
  const { body } = await owner.ask("POST /api/v1/sites", SHOP);
  const { rows } = await api.db.execute<{ id: number }>(
    sql`select id from site.sites where public_id = ${String(body["id"])}`,
  );
  site = { id: String(body["id"]), siteId: rows[0]?.id ?? 0 };
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

  test("is found by the key that a customer was identified with, for each device, and not by another", async () => {
    const [phone, desk] = [await comeIn(), await comeIn()];
    const customer = "Ann@Customer.example";
    const found = async (key: unknown, after?: unknown) =>
      await owner.ask(`POST /api/v1/sites/${site.id}/visitors/search`, { customer: key, after });
    const key = await addProgram(api, owner, ["events:write"]);
    for (const visitor of [phone, desk]) {
      const at = Date.now();
      const events = [{ id: eventId(at), at, type: "identify", visitor, customer: customer.toLowerCase() }];
      expect((await key.ask("POST /api/v1/events", { siteId: site.id, events })).status).toBe(200);
    }

    const answer = await found(` ${customer}`);

    expect(answer.status).toBe(200);
    const { items, next } = list(foundVisitor).parse(answer.body);
    expect(items.map(({ id }) => id)).toEqual([phone, desk].toSorted());
    expect(next).toBeNull();
    expect((await found("bob@customer.example")).body).toEqual({ items: [], next: null });
    expect((await found("")).status).toBe(400);
    expect((await found(customer, "made-up")).body["code"]).toBe("invalid_cursor");
    const stranger = await signUp(api);
    const route = `POST /api/v1/sites/${site.id}/visitors/search`;
    expect((await stranger.ask(route, { customer })).status).toBe(404);
    expect((await ask(api, route, { body: { customer } })).status).toBe(401);
    expect((await key.ask(route, { customer })).status).toBe(403);
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
