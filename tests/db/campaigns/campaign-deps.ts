import type { WorkMessage } from "#contract/work-message.ts";
import type { Database } from "#db/database.ts";
import { systemIds } from "#platform/ids.ts";
import type { KeyPrincipal, UserPrincipal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { TestSite } from "#tests/support/sites.ts";
import { sql } from "drizzle-orm";

export type TestDeps = Pick<
  Deps,
  "databases" | "clock" | "ids" | "edgeConfig" | "workQueue" | "log" | "settings"
> & {
  sent: WorkMessage[];
  /** Links at the edge, by slug. */
  projected: Map<string, unknown>;
  logged: string[];
  /** What the queue and the edge do when asked: "down" throws. */
  vendors: { queue: "up" | "down"; edge: "up" | "down" };
};

/** Real database and ids; queue, edge and clock in the hands of the test. One database stands for both. */
export function testDeps(db: Database, now = new Date("2026-03-09T10:00:00.000Z")): TestDeps {
  const sent: WorkMessage[] = [];
  const projected = new Map<string, unknown>();
  const logged: string[] = [];
  const vendors: TestDeps["vendors"] = { queue: "up", edge: "up" };
  const fallsOver = (state: "up" | "down") => {
    if (state === "down") throw new Error("vendor is down");
  };
  return {
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => now },
    ids: systemIds,
    edgeConfig: {
      async put(entry) {
        fallsOver(vendors.edge);
        if (entry.kind === "link") projected.set(entry.value.slug, entry.value);
      },
      async remove(_kind, name) {
        fallsOver(vendors.edge);
        projected.delete(name);
      },
      stored: async () => new Map([...projected.keys()].map((name) => [name, null])),
      digest: (value) => JSON.stringify(value),
    },
    workQueue: {
      async send(message) {
        fallsOver(vendors.queue);
        sent.push(message);
      },
      async sendAll(messages) {
        fallsOver(vendors.queue);
        sent.push(...messages);
      },
    },
    log: (level, event) => logged.push(`${level} ${event}`),
    settings: { appOrigin: "https://app.test", collectOrigin: "https://c.test" },
    sent,
    projected,
    logged,
    vendors,
  };
}

export function siteRef(site: TestSite): SiteRef {
  return {
    ...site,
    database: "main",
    name: "Test shop",
    domain: "shop.example",
    timeZone: "Europe/Berlin",
    currency: "EUR",
  };
}

/** A person of the site's account, registered an hour before the tests' clock. */
export async function createUser(
  db: Database,
  site: TestSite,
  { email, isEmailConfirmed = true }: { email: string; isEmailConfirmed?: boolean },
): Promise<UserPrincipal> {
  const at = "2026-03-09T09:00:00.000Z";
  const { rows } = await db.execute<{ id: number }>(sql`
    with u as (
      insert into control.users (public_id, email, name, password_hash, created_at, email_confirmed_at)
      values (${systemIds.publicId("usr", new Date())}, ${email}, 'Ann', 'x', ${at}::timestamptz,
        ${isEmailConfirmed ? at : null}::timestamptz)
      returning id
    ), m as (
      insert into control.members (account_id, user_id, role, created_at)
      select ${site.accountId}::int, id, 'owner', ${at}::timestamptz from u
    ), t as (
      insert into control.user_metrics (user_id, account_id, registered_at)
      select id, ${site.accountId}::int, ${at}::timestamptz from u
    )
    select id from u`);
  return {
    kind: "user",
    userId: rows[0]?.id ?? 0,
    userPublicId: "usr_test",
    email,
    name: "Ann",
    isEmailConfirmed,
    isSuperadmin: false,
    role: "owner",
    userCreatedAt: at,
    sessionHash: "",
    ...accountOf(site),
  };
}

export function keyPrincipal(site: TestSite): KeyPrincipal {
  return {
    kind: "key",
    apiKeyId: 1,
    apiKeyPublicId: "key_test",
    scopes: ["campaigns:write"],
    ...accountOf(site),
  };
}

function accountOf(site: TestSite) {
  return { accountId: site.accountId, accountPublicId: "acc_test", accountName: "Test", database: "main" };
}

/** The value of a result that must have succeeded. */
export function valueOf<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
