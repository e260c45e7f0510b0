import { edgeKeys } from "#contract/edge-config.ts";
import { openDatabases, type Databases } from "#db/database.ts";
import { absentKeys, type AbsentKeys } from "#platform/absent-keys.ts";
import { answerMemory, type AnswerMemory } from "#platform/answer-memory.ts";
import { systemClock } from "#platform/clock.ts";
import { edgeConfigWriter } from "#platform/edge-config-writer.ts";
import { systemIds } from "#platform/ids.ts";
import { consoleLog, watchedLog, type Log } from "#platform/log.ts";
import { logoStore } from "#platform/logo-store.ts";
import { chooseMailer } from "#platform/mail/choose-mailer.ts";
import { mailWebhooks } from "#platform/mail/webhook-proof.ts";
import { meterTally } from "#platform/meter.ts";
import { openNeonClients } from "#platform/neon-clients.ts";
import { readPasswordLn, scryptHasher, type PasswordHasher } from "#platform/password-hash.ts";
import { queueProbe, storageProbe } from "#platform/probes.ts";
import { queueMeter } from "#platform/queue-meter.ts";
import { reportStore } from "#platform/report-store.ts";
import { secretTokens } from "#platform/session-token.ts";
import { signInRate } from "#platform/sign-in-rate.ts";
import { spillAge } from "#platform/spill-age.ts";
import { pageFetcher } from "#platform/page-fetcher.ts";
import { unreadableBodies } from "#platform/unreadable-bodies.ts";
import { upstashCache, type Cache } from "#platform/upstash-cache.ts";
import { workQueue } from "#platform/work-queue.ts";
import type { ApiDeps, Settings } from "#usecases/deps.ts";
import type { WiredRequest } from "./app.ts";
import type { Env } from "./env.ts";

/** One per isolate: its requests share their reports. */
const tally = meterTally();
/** What an isolate keeps between requests: the bindings are the same for all of them. */
type Kept = {
  databases: Databases;
  cache: Cache;
  absentKeys: AbsentKeys;
  answers: AnswerMemory;
  release: string;
  settings: Settings;
  newAccountsDatabase: string;
  passwords: PasswordHasher;
};
let kept: Kept | undefined;

/** The api's bindings as what its use cases need. Throws when the configuration cannot be right. */
export function wire(env: Env, { requestId, defer }: WiredRequest): ApiDeps {
  kept ??= keptOf(env);
  const queue = workQueue(env.WORK, requestId);
  const meter = queueMeter({
    worker: "api",
    tally,
    clock: systemClock,
    ids: systemIds,
    workQueue: queue,
    defer,
  });
  const log = watchedLog(consoleLog("api", { requestId }), meter);
  return {
    ...kept,
    clock: systemClock,
    ids: systemIds,
    edgeConfig: edgeConfigWriter(env.EDGE_CONFIG, edgeKeys),
    workQueue: queue,
    mailer: chooseMailer(env),
    reportStore: reportStore(env.REPORTS),
    logoStore: logoStore(env.REPORTS),
    unreadableBodies: unreadableBodies(env.SPILL),
    spillAge: spillAge(env.SPILL),
    probes: { queue: queueProbe(env.WORK), storage: storageProbe(env.REPORTS) },
    mailWebhooks: mailWebhooks(env),
    fetchPage: pageFetcher(kept.settings.appOrigin),
    log,
    meter,
    tokens: secretTokens(systemIds),
    signInRate: signInRate(env.RATE_SIGN_IN),
    pauseMs: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    defer: (work) => defer(work.catch((error: unknown) => logDeferred(log, error))),
  };
}

function keptOf(env: Env): Kept {
  const databases = openDatabases(openNeonClients(env));
  const newAccountsDatabase = env.NEW_ACCOUNTS_DATABASE;
  if (!databases.names().includes(newAccountsDatabase)) {
    throw new Error(`NEW_ACCOUNTS_DATABASE names no database: "${newAccountsDatabase}"`);
  }
  return {
    databases,
    cache: upstashCache(env, () => Date.now()),
    absentKeys: absentKeys(),
    answers: answerMemory(),
    release: env.VERSION.id,
    settings: settingsOf(env),
    newAccountsDatabase,
    passwords: scryptHasher(readPasswordLn(env)),
  };
}

function settingsOf(env: Env): Settings {
  const app = new URL(env.APP_ORIGIN);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(app.hostname);
  if (app.protocol !== "https:" && !(isLoopback && env.STAGE === "local")) {
    throw new Error("APP_ORIGIN must be https: sign-in cookies would travel in clear");
  }
  return { appOrigin: app.origin, collectOrigin: new URL(env.COLLECT_ORIGIN).origin };
}

/** A failed statement carries its parameters in its message: only the name of the error is written. */
function logDeferred(log: Log, error: unknown): void {
  log("error", "deferred_work_failed", { error: error instanceof Error ? error.name : "unknown" });
}
