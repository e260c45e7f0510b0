import type { ReplayAnswer } from "#contract/admin.ts";
import type { IngestMessage } from "#contract/ingest-message.ts";
import {
  listWaitingLetters,
  selectWaitingLetters,
  settleDeadLetters,
  type ReplayOutcome,
  type WaitingLetter,
} from "#db/queries/ledger/dead-letters.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { ingestEvents } from "#usecases/ingest/ingest-events.ts";
import { deadLetterId, type DeadLetterKey } from "./dead-letter-id.ts";
import { noteAdminAct } from "./note-admin-act.ts";

export type ReplayDeps = Pick<Deps, "databases" | "clock"> & {
  /** The body, or null when no version of ours wrote it. */
  parseMessage(raw: unknown): IngestMessage | null;
};

export type ReplayInput = {
  user: UserPrincipal;
  wanted:
    | { kind: "letters"; keys: readonly DeadLetterKey[] }
    | { kind: "filter"; site: string | null; reason: string | null; after: DeadLetterKey | null };
};

/** `next`: where a filter goes on; letters that failed again lie before it. */
export type Replayed = { items: ReplayAnswer["items"]; next: DeadLetterKey | null };

const LETTERS_A_CALL = 100;
const UNREADABLE = "unreadable";

/**
 * Ingests letters once more, through the ingest of every other body: what is stored moves from dead-lettered to its
 * fate in the transaction that stores it, by the receipt's key, so that a second replay changes nothing. What fails
 * again keeps its letter, with the new reason. Throws when Postgres is away: nothing is lost, ask again.
 */
export async function replayDeadLetters(deps: ReplayDeps, { user, wanted }: ReplayInput): Promise<Replayed> {
  const chosen = wanted.kind === "letters" ? await byKeys(deps, wanted.keys) : await byFilter(deps, wanted);
  const detail = { letters: chosen.groups.reduce((sum, { letters }) => sum + letters.length, 0) };
  await noteAdminAct(deps, { user, action: "admin.dead_letters.replay", subject: "dead-letters", detail });
  const items: ReplayAnswer["items"] = [];
  for (const group of chosen.groups) {
    // One database after the other: each is one transaction as a rule.
    // oxlint-disable-next-line no-await-in-loop
    const outcomes = await replayGroup(deps, group);
    items.push(
      ...outcomes.map(({ id, reason }) => ({
        id: deadLetterId({ database: group.database, id }),
        outcome: reason === null ? ("ingested" as const) : ("failed" as const),
        reason,
      })),
    );
  }
  return { items, next: chosen.next };
}

type Group = { database: string; letters: WaitingLetter[] };
type Chosen = { groups: Group[]; next: DeadLetterKey | null };

async function byKeys(deps: ReplayDeps, keys: readonly DeadLetterKey[]): Promise<Chosen> {
  const names = [...new Set(keys.map(({ database }) => database))];
  const groups = await Promise.all(
    names.map(async (database) => {
      const ids = keys.filter((key) => key.database === database).map(({ id }) => id);
      return { database, letters: await selectWaitingLetters(deps.databases.named(database), ids) };
    }),
  );
  return { groups: groups.filter(({ letters }) => letters.length > 0), next: null };
}

type Filter = Extract<ReplayInput["wanted"], { kind: "filter" }>;

async function byFilter(deps: ReplayDeps, { site, reason, after }: Filter): Promise<Chosen> {
  const names = deps.databases.names();
  const groups: Group[] = [];
  let room = LETTERS_A_CALL;
  for (const database of after === null ? names : names.slice(Math.max(0, names.indexOf(after.database)))) {
    const afterId = after?.database === database ? after.id : 0;
    const wanted = { sitePublicId: site, reason, afterId, limit: room };
    // oxlint-disable-next-line no-await-in-loop -- the next database is asked only when there is room left
    const letters = await listWaitingLetters(deps.databases.named(database), wanted);
    if (letters.length > 0) groups.push({ database, letters });
    room -= letters.length;
    const last = letters.at(-1);
    if (room === 0 && last) return { groups, next: { database, id: last.id } };
  }
  return { groups, next: null };
}

async function replayGroup(deps: ReplayDeps, { database, letters }: Group): Promise<ReplayOutcome[]> {
  const db = deps.databases.named(database);
  const readable = letters.flatMap(({ message }) => deps.parseMessage(message) ?? []);
  // A memory of its own: whoever replays has just mended something and must not meet what an isolate remembers.
  const { deadLetters } = await ingestEvents({ db, clock: deps.clock, sites: new Map() }, readable);
  const failed = new Map(deadLetters.map(({ receiptId, reason }) => [receiptId, reason]));
  const known = new Set(readable.map(({ receiptId }) => receiptId));
  const outcomes = letters.map(({ id, receiptId }) => ({
    id,
    reason: known.has(receiptId) ? (failed.get(receiptId) ?? null) : UNREADABLE,
  }));
  await settleDeadLetters(db, { outcomes, at: deps.clock.now() });
  return outcomes;
}
