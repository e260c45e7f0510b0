import { Hono } from "hono";

import { auditLogQuery } from "#contract/audit-log.ts";
import { pageQuery } from "#contract/primitives.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { listAdminAuditLog, listAuditLog } from "#usecases/accounts/list-audit-log.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { decodeCursor, listAnswer } from "./frame/cursor.ts";
import { problem } from "./frame/problem.ts";
import { requireSuperadmin } from "./frame/require-superadmin.ts";
import { validQuery } from "./frame/valid.ts";

/** Who did what: in the account, for its owners and admins, and as superadmin, for those who run the installation. */
export const auditLogRoutes = new Hono<ApiEnv>()
  .get("/audit-log", requireAccess("audit:read"), validQuery(auditLogQuery), async (c) => {
    const { after, limit, area = null } = c.req.valid("query");
    const cursor = entryCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const { deps, principal } = c.var;
    const page = await listAuditLog(deps, { principal, area, beforeId: cursor.value, limit });
    return c.json(listAnswer(page, (entry) => entry));
  })
  .get("/admin/audit-log", requireSuperadmin(), validQuery(pageQuery), async (c) => {
    const { after, limit } = c.req.valid("query");
    const cursor = entryCursor(after);
    if (!cursor.ok) return problem(c, "invalid_cursor");
    const page = await listAdminAuditLog(c.var.deps, { user: c.var.user, beforeId: cursor.value, limit });
    return c.json(listAnswer(page, (entry) => entry));
  });

/** Of the last entry of the page before. */
function entryCursor(after: string | undefined): Result<number | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["number"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const id = Number(key.value[0]);
  return Number.isSafeInteger(id) && id > 0 ? ok(id) : fail({ kind: "invalid_cursor" });
}
