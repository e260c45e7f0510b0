import type { Database, Databases } from "#db/database.ts";
import type { AbsentKeys } from "#platform/absent-keys.ts";
import type { AnswerMemory } from "#platform/answer-memory.ts";
import type { Cache } from "#platform/upstash-cache.ts";
import type { Clock } from "#platform/clock.ts";
import type { EdgeConfigWriter } from "#platform/edge-config-writer.ts";
import type { Ids } from "#platform/ids.ts";
import type { LogoStore } from "#platform/logo-store.ts";
import type { Mailer } from "#platform/mail/mailer.ts";
import type { MailWebhooks } from "#platform/mail/webhook-proof.ts";
import type { Probe } from "#platform/probes.ts";
import type { ReportStore } from "#platform/report-store.ts";
import type { Log } from "#platform/log.ts";
import type { Meter } from "#platform/meter.ts";
import type { PasswordHasher } from "#platform/password-hash.ts";
import type { SecretTokens } from "#platform/session-token.ts";
import type { SignInRate } from "#platform/sign-in-rate.ts";
import type { SpillAge } from "#platform/spill-age.ts";
import type { UnreadableBodies } from "#platform/unreadable-bodies.ts";
import type { PageFetcher } from "#platform/page-fetcher.ts";
import type { WorkQueue } from "#platform/work-queue.ts";

/** What every use case of the api and of jobs may reach outside for; a use case takes a `Pick` of it. */
export type Deps = {
  databases: Databases;
  clock: Clock;
  ids: Ids;
  cache: Cache;
  edgeConfig: EdgeConfigWriter;
  workQueue: WorkQueue;
  mailer: Mailer;
  reportStore: ReportStore;
  log: Log;
  meter: Meter;
  settings: Settings;
};

/** What only the use cases of accounts need beside. */
export type AccountDeps = Deps & {
  passwords: PasswordHasher;
  tokens: SecretTokens;
  signInRate: SignInRate;
  /** Keys that are none, as the isolate remembers them. */
  absentKeys: AbsentKeys;
  /** The database that new accounts are placed in. */
  newAccountsDatabase: string;
  /** Lets work go on after the answer; a failure is logged, never thrown. */
  defer(work: Promise<unknown>): void;
};

/** What every route of the api has. */
export type ApiDeps = AccountDeps & {
  unreadableBodies: UnreadableBodies;
  spillAge: SpillAge;
  probes: { queue: Probe; storage: Probe };
  fetchPage: PageFetcher;
  mailWebhooks: MailWebhooks;
  logoStore: LogoStore;
  /** What the isolate remembers of answers. */
  answers: AnswerMemory;
  /** Which upload of the api this is: another one may answer in another shape, or mean something else. */
  release: string;
  pauseMs(ms: number): Promise<void>;
};

export type Settings = {
  /** Where people open the dashboard, without a slash at the end. */
  appOrigin: string;
  /** Where pixels and short links live, without a slash at the end. */
  collectOrigin: string;
};

/** Accounts, people and the directory of sites live here (decisions 4). */
export function controlDatabase(deps: Pick<Deps, "databases">): Database {
  return deps.databases.named("main");
}
