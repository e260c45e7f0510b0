import type { AuditEntry } from "#contract/audit-log.ts";
import { listAccountAudit, listAdminActs, type AuditRow } from "#db/queries/accounts/list-audit.ts";
import { noteAdminAct } from "#usecases/dead-letters/note-admin-act.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, pageOf, type Page } from "#usecases/page.ts";
import type { Principal, UserPrincipal } from "./principal.ts";

type Paged = { beforeId: number | null; limit: number | undefined };

/** A page of what was done in the asker's account. */
export async function listAuditLog(
  deps: Pick<Deps, "databases">,
  { principal, area, ...page }: Paged & { principal: Principal; area: string | null },
): Promise<Page<AuditEntry>> {
  const { accountId } = principal;
  const asked = { accountId, area, ...withOneMore(page) };
  return showPage(await listAccountAudit(controlDatabase(deps), asked), page);
}

/** A page of what superadmins did, which is noted itself before it is read. */
export async function listAdminAuditLog(
  deps: Pick<Deps, "databases" | "clock">,
  { user, ...page }: Paged & { user: UserPrincipal },
): Promise<Page<AuditEntry>> {
  const act = { user, action: "admin.audit_log.list", subject: "audit-log", detail: null };
  await noteAdminAct(deps, act);
  return showPage(await listAdminActs(controlDatabase(deps), withOneMore(page)), page);
}

function withOneMore({ beforeId, limit = DEFAULT_PAGE_SIZE }: Paged): {
  beforeId: number | null;
  limit: number;
} {
  return { beforeId, limit: limit + 1 };
}

function showPage(rows: readonly AuditRow[], { limit = DEFAULT_PAGE_SIZE }: Paged): Page<AuditEntry> {
  const { items, next } = pageOf(rows, limit, ({ id }) => [id]);
  return { items: items.map(showEntry), next };
}

function showEntry(row: AuditRow): AuditEntry {
  const { id, at, action, subject, detail } = row;
  return { id: String(id), at, action, subject, actor: actorOf(row), detail };
}

function actorOf({ hasUser, hasKey, userId, userName, keyId, keyName }: AuditRow): AuditEntry["actor"] {
  if (hasUser) return { kind: "user", id: userId, name: userName };
  return hasKey ? { kind: "key", id: keyId, name: keyName } : { kind: "system", id: null, name: null };
}
