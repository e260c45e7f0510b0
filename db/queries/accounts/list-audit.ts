import { sql, type SQL } from "drizzle-orm";

import type { Database } from "#db/database.ts";

export type AuditRow = {
  id: number;
  at: string;
  action: string;
  subject: string;
  detail: Record<string, unknown> | null;
  hasUser: boolean;
  hasKey: boolean;
  userId: string | null;
  userName: string | null;
  keyId: string | null;
  keyName: string | null;
};

type Paged = { beforeId: number | null; limit: number };

/** What was done in an account, newest first; `area` narrows it to actions that begin with that word. */
export async function listAccountAudit(
  control: Database,
  { accountId, area, ...page }: Paged & { accountId: number; area: string | null },
): Promise<AuditRow[]> {
  const within = sql`l.account_id = ${accountId}`;
  // The text is checked to be a word: no pattern can be in it.
  const narrowed =
    area === null ? within : sql`${within} and l.action like ${`${area.replaceAll("_", "\\_")}.%`}`;
  return (await control.execute<AuditRow>(auditStatement(narrowed, page))).rows;
}

/** What superadmins have done, in whichever account of theirs, newest first. */
export async function listAdminActs(control: Database, page: Paged): Promise<AuditRow[]> {
  return (await control.execute<AuditRow>(auditStatement(ADMIN_ACTS, page))).rows;
}

/** As the index has it. */
const ADMIN_ACTS = sql`(l.action like 'admin.%' or l.action like 'superadmin.%')`;

function auditStatement(within: SQL, { beforeId, limit }: Paged): SQL {
  return sql`
    select l.id::float8 as id, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, l.action,
      l.subject, l.detail, l.user_id is not null as "hasUser", l.api_key_id is not null as "hasKey",
      u.public_id as "userId", u.name as "userName", k.public_id as "keyId", k.name as "keyName"
    from control.audit_log l
    left join control.users u on u.id = l.user_id
    left join control.api_keys k on k.id = l.api_key_id
    where ${within} ${beforeId === null ? sql`` : sql`and l.id < ${beforeId}`}
    order by l.id desc limit ${limit}`;
}
