import { Hono } from "hono";

import { pageQuery } from "#contract/primitives.ts";
import { listMembers } from "#usecases/accounts/list-members.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeIdCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { validQuery } from "./frame/valid.ts";

/** The people of the account. */
export const memberRoutes = new Hono<ApiEnv>().get(
  "/members",
  requireAccess("members:read"),
  validQuery(pageQuery),
  async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = decodeIdCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listMembers(deps, { principal, afterId: cursor.value, limit });
    return c.json(listAnswer(page, (member) => member));
  },
);
