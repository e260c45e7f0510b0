import { Hono } from "hono";

import { deadLettersQuery, replayRequest } from "#contract/admin.ts";
import { ingestMessage } from "#contract/ingest-message.ts";
import { pageQuery } from "#contract/primitives.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { parseDeadLetterId, type DeadLetterKey } from "#usecases/dead-letters/dead-letter-id.ts";
import { getDeadLetter } from "#usecases/dead-letters/get-dead-letter.ts";
import { listDeadLetters } from "#usecases/dead-letters/list-dead-letters.ts";
import { listUnreadableBodies } from "#usecases/dead-letters/list-unreadable-bodies.ts";
import { replayDeadLetters, type ReplayInput } from "#usecases/dead-letters/replay-dead-letters.ts";
import { listUnknownRefusals } from "#usecases/tracking-health/list-unknown-refusals.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, encodeCursor, listAnswer } from "./frame/cursor.ts";
import { idempotentForOperators } from "./frame/idempotency.ts";
import { fieldProblem, problem } from "./frame/problem.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validJson, validQuery } from "./frame/valid.ts";

/** For whoever runs the installation; to everybody else there is nothing here. */
export const adminRoutes = new Hono<ApiEnv>()
  .get("/admin/dead-letters", requireSuperadmin(), validQuery(deadLettersQuery), async (c) => {
    const { after, ...query } = c.req.valid("query");
    const cursor = letterCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const page = await listDeadLetters(c.var.deps, { user: c.var.user, query, after: cursor.value });
    return c.json(listAnswer(page, (letter) => letter));
  })
  .post("/admin/dead-letters/replay", requireSuperadmin(), validJson(replayRequest), async (c) => {
    const { deps, user } = c.var;
    const { ids, filter, after } = c.req.valid("json");
    const cursor = letterCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    if ((ids === undefined) === (filter === undefined))
      return fieldProblem(c, "ids", "give either ids or a filter");
    const wanted: ReplayInput["wanted"] =
      filter === undefined
        ? { kind: "letters", keys: keysOf(ids ?? [], deps.databases.names()) }
        : { kind: "filter", site: filter.site ?? null, reason: filter.reason ?? null, after: cursor.value };
    const parseMessage = (raw: unknown) => ingestMessage.safeParse(raw).data ?? null;
    const { items, next } = await replayDeadLetters({ ...deps, parseMessage }, { user, wanted });
    return c.json({ items, next: next === null ? null : encodeCursor([next.database, next.id]) });
  })
  .get("/admin/dead-letters/:deadLetterId", requireSuperadmin(), async (c) => {
    const { deps, user } = c.var;
    const key = parseDeadLetterId(c.req.param("deadLetterId"), deps.databases.names());
    const letter = key && (await getDeadLetter(deps, { user, key, isDisclosed: false }));
    return letter ? c.json(letter) : problem(c, "not_found", { detail: "There is no such dead letter" });
  })
  // What is disclosed is kept in no table of answers: whoever repeats it is told that it was shown.
  .post(
    "/admin/dead-letters/:deadLetterId/disclosures",
    requireSuperadmin(),
    idempotentForOperators({ isSecret: true }),
    async (c) => {
      const { deps, user } = c.var;
      const key = parseDeadLetterId(c.req.param("deadLetterId"), deps.databases.names());
      const letter = key && (await getDeadLetter(deps, { user, key, isDisclosed: true }));
      return letter
        ? c.json(letter, 201)
        : problem(c, "not_found", { detail: "There is no such dead letter" });
    },
  )
  .get("/admin/refusals", requireSuperadmin(), async (c) => c.json(await listUnknownRefusals(c.var.deps)))
  .get("/admin/unreadable-bodies", requireSuperadmin(), validQuery(pageQuery), async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = decodeCursor(after, ["string"]);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const key = cursor.value === null ? null : String(cursor.value[0]);
    const page = await listUnreadableBodies(c.var.deps, { user: c.var.user, after: key, limit });
    return c.json(listAnswer(page, (body) => body));
  });

/** Database and number of the last letter of the page before. */
function letterCursor(after: string | undefined): Result<DeadLetterKey | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["string", "number"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const id = Number(key.value[1]);
  return Number.isSafeInteger(id)
    ? ok({ database: String(key.value[0]), id })
    : fail({ kind: "invalid_cursor" });
}

function keysOf(ids: readonly string[], databases: readonly string[]): DeadLetterKey[] {
  return ids.flatMap((id) => parseDeadLetterId(id, databases) ?? []);
}
