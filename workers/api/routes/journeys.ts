import { Hono, type Context } from "hono";

import { creditedJourneysQuery, journeyQuery } from "#contract/glass-box.ts";
import { journeysQuery, pathsQuery } from "#contract/journeys.ts";
import { isUuid } from "#core/events/uuid-v7.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { attributionQuestion, optionsOf } from "#usecases/attribution/attribution-question.ts";
import { attachmentDisposition } from "#core/report/report-file-name.ts";
import { creditedJourneysCsv } from "#usecases/attribution/credited-journeys-csv.ts";
import {
  getCreditedJourneys,
  type CreditedJourneysFailure,
  type CreditedJourneysInput,
  type CreditedJourneysPage,
} from "#usecases/attribution/get-credited-journeys.ts";
import { getJourneyPaths } from "#usecases/attribution/get-journey-paths.ts";
import { getJourney } from "#usecases/attribution/get-journey.ts";
import { getJourneys } from "#usecases/attribution/get-journeys.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, encodeCursor } from "./frame/cursor.ts";
import { fromCache } from "./frame/from-cache.ts";
import { problem } from "./frame/problem.ts";
import { requireSite } from "./frame/require-site.ts";
import { validQuery } from "./frame/valid.ts";

const DEFAULT_ITEMS = 25;
/** A diagram of more steps and groups is hard to read. */
const DEFAULT_POSITIONS = 5;
const DEFAULT_GROUPS = 6;

/** The glass box: which journeys made a figure, and one journey; and what all journeys look like. */
export const journeyRoutes = new Hono<ApiEnv>()
  .get(
    "/sites/:siteId/attribution/journeys",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(creditedJourneysQuery),
    async (c) => {
      const { model, kind, key, order_by, after, limit, ...query } = c.req.valid("query");
      const place = itemCursor(after);
      if (!place.ok) return problem(c, "invalid_cursor");
      const answer = await getCreditedJourneys(c.var.deps, {
        ...attributionQuestion(query),
        site: c.var.site,
        model: model ?? "last",
        group: { kind: kind ?? "group", key: key ?? null },
        order: order_by ?? "time",
        after: place.value,
        limit: limit ?? DEFAULT_ITEMS,
      });
      if (!answer.ok) return refuse(c, answer.error);
      const { next, ...rest } = answer.value;
      const cursor = next && encodeCursor(next);
      return wantsCsv(c) ? csvAnswer(c, answer.value, cursor) : c.json({ ...rest, next: cursor });
    },
  )
  .get(
    "/sites/:siteId/journeys",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(journeysQuery),
    async (c) => {
      const { site } = c.var;
      const asked = attributionQuestion(c.req.valid("query"));
      const { from, to } = asked;
      const answer = await fromCache(
        c,
        { screen: "journeys", site, from, to, asked },
        async () => await getJourneys(c.var.deps, { ...asked, site }),
      );
      return answer.ok ? c.json(answer.value) : refuse(c, answer.error);
    },
  )
  .get(
    "/sites/:siteId/journeys/paths",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(pathsQuery),
    async (c) => {
      const { positions, top, align, ...query } = c.req.valid("query");
      const { site } = c.var;
      const asked = {
        ...attributionQuestion(query),
        positions: positions ?? DEFAULT_POSITIONS,
        top: top ?? DEFAULT_GROUPS,
        align: align ?? "start",
      } as const;
      const { from, to } = asked;
      const answer = await fromCache(
        c,
        { screen: "journey-paths", site, from, to, asked },
        async () => await getJourneyPaths(c.var.deps, { ...asked, site }),
      );
      return answer.ok ? c.json(answer.value) : refuse(c, answer.error);
    },
  )
  .get(
    "/sites/:siteId/journeys/:conversionId",
    requireAccess("analytics:read"),
    requireSite(),
    validQuery(journeyQuery),
    async (c) => {
      const query = c.req.valid("query");
      const conversionId = c.req.param("conversionId");
      const found = isUuid(conversionId)
        ? await getJourney(c.var.deps, {
            site: c.var.site,
            conversionId,
            by: query.by ?? "campaign",
            options: optionsOf(query),
          })
        : fail({ kind: "not_found" } as const);
      return found.ok
        ? c.json(found.value)
        : problem(c, "not_found", { detail: "There is no such conversion" });
    },
  );

function wantsCsv(c: Context): boolean {
  return /\btext\/csv\b/.test(c.req.header("accept") ?? "");
}

/** The page as a file; where the next one begins stands in a header. */
function csvAnswer(c: Context, page: CreditedJourneysPage, next: string | null): Response {
  return c.body(new Uint8Array(creditedJourneysCsv(page)), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": attachmentDisposition(`journeys-${page.range.from}-${page.range.to}.csv`),
    ...(next === null ? {} : { "x-next": next }),
  });
}

/** Of the last item of the page before: when it was, or what it got; and its id. */
function itemCursor(
  after: string | undefined,
): Result<CreditedJourneysInput["after"], { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["number", "string"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [amount, itemId] = [Number(key.value[0]), String(key.value[1])];
  const isOurs = isUuid(itemId) && amount >= 0 && amount <= Number.MAX_SAFE_INTEGER;
  return isOurs ? ok({ amount, itemId }) : fail({ kind: "invalid_cursor" });
}

function refuse(c: Context, failure: CreditedJourneysFailure): Response {
  switch (failure.kind) {
    case "not_found":
      return problem(c, "not_found", { detail: "There is no such site" });
    case "unknown_group":
      return problem(c, "not_found", { detail: "This site has no such group; kind=group needs its key" });
    case "still_computing":
      return problem(c, "still_computing", {
        detail: "The workbench is working these figures out: ask again in a few seconds",
      });
    case "too_many_to_sort":
      return problem(c, "too_many_to_sort", {
        detail: `The range holds more than ${failure.most} conversions: order by time, or take fewer days`,
      });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from and to are days, from is not after to, and they span 800 days at most",
      });
  }
}
