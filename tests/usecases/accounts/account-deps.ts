import { edgeKeys } from "#contract/edge-config.ts";
import type { Database } from "#db/database.ts";
import { fail, ok } from "#core/result.ts";
import { edgeConfigWriter } from "#platform/edge-config-writer.ts";
import { systemIds } from "#platform/ids.ts";
import type { LogFacts } from "#platform/log.ts";
import type { MailMessage } from "#platform/mail/mailer.ts";
import { absentKeys } from "#platform/absent-keys.ts";
import { scryptHasher } from "#platform/password-hash.ts";
import type { Probe } from "#platform/probes.ts";
import { secretTokens } from "#platform/session-token.ts";
import { memoryKv, type MemoryKv } from "#tests/support/memory-kv.ts";
import { silentMeter } from "#tests/support/silent-meter.ts";
import { memoryCache } from "#tests/support/memory-cache.ts";
import type { AccountDeps } from "#usecases/deps.ts";

export type TestDeps = AccountDeps & {
  probes: { queue: Probe; storage: Probe };
  kv: MemoryKv;
  cached: Map<string, unknown>;
  sent: { message: MailMessage; key: string }[];
  logged: { event: string; facts: LogFacts }[];
  passwordsHashed(): number;
  /** What goes on after the answer has ended. */
  settled(): Promise<void>;
  moveClock(ms: number): void;
  mailIsDown(): void;
  brakeHolds(): void;
  kvIsDown(): void;
};

/** Cheap: what hashing costs in production is not what these tests are about. */
const hasher = scryptHasher(10);

export const START = new Date("2026-03-09T12:00:00.000Z");

/** The use cases of accounts on a real database, everything of vendors in memory, and a clock that is moved by hand. */
export function accountDeps(db: Database): TestDeps {
  const kv = memoryKv();
  const cached = new Map<string, unknown>();
  const sent: TestDeps["sent"] = [];
  const logged: TestDeps["logged"] = [];
  const deferred: Promise<unknown>[] = [];
  let nowMs = START.getTime();
  let passwordsHashed = 0;
  const up = { mail: true, brake: true };
  const unused = async (): Promise<never> => {
    throw new Error("No use case of accounts or sites reaches for this");
  };

  return {
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => new Date(nowMs) },
    ids: systemIds,
    cache: memoryCache(cached),
    edgeConfig: edgeConfigWriter(kv, edgeKeys),
    workQueue: { send: unused, sendAll: unused },
    reportStore: { put: unused, get: unused, delete: unused },
    mailer: {
      provider: "test",
      idempotencyWindowMs: 86_400_000,
      maxBytes: 40_000_000,
      perSecond: 1_000,
      async send(message, key) {
        if (!up.mail) return fail({ kind: "unavailable", reason: `cannot reach ${message.to}` });
        sent.push({ message, key });
        return ok({ providerId: "test" });
      },
    },
    log: (_level, event, facts) => void logged.push({ event, facts }),
    meter: silentMeter,
    probes: { queue: async () => null, storage: async () => null },
    settings: { appOrigin: "https://app.example", collectOrigin: "https://collect.example" },
    passwords: {
      async hash(password) {
        passwordsHashed += 1;
        return await hasher.hash(password);
      },
      async verify(password, stored) {
        passwordsHashed += 1;
        return await hasher.verify(password, stored);
      },
    },
    tokens: secretTokens(systemIds),
    absentKeys: absentKeys(),
    newAccountsDatabase: "main",
    signInRate: { isWithin: async () => up.brake },
    defer: (work) => void deferred.push(work),
    kv,
    cached,
    sent,
    logged,
    passwordsHashed: () => passwordsHashed,
    async settled() {
      await Promise.all(deferred.splice(0));
    },
    moveClock(ms) {
      nowMs += ms;
    },
    mailIsDown() {
      up.mail = false;
    },
    brakeHolds() {
      up.brake = false;
    },
    kvIsDown() {
      kv.put = async () => {
        throw new Error("KV is away");
      };
    },
  };
}
