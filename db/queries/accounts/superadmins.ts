import { asc, eq, sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import { users } from "#db/schema/control/users.ts";

/** Whether this person runs the installation, read now: a right that was taken away ends at once. */
export async function selectIsSuperadmin(control: Database, userId: number): Promise<boolean> {
  const rows = await control
    .select({ isSuperadmin: users.isSuperadmin })
    .from(users)
    .where(eq(users.id, userId));
  return rows[0]?.isSuperadmin ?? false;
}

/** Who runs the installation, oldest first. */
export async function selectSuperadmins(control: Database): Promise<{ email: string; name: string }[]> {
  return await control
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.isSuperadmin, true))
    .orderBy(asc(users.id));
}

/**
 * Gives or takes the right and notes it in the audit log of the person's account, at once. Answers false when nobody
 * has this address. Harmless twice; what is so already is not noted again.
 */
export async function setSuperadmin(
  control: Database,
  change: { email: string; isSuperadmin: boolean; at: Date },
): Promise<boolean> {
  const action = change.isSuperadmin ? "superadmin.grant" : "superadmin.revoke";
  const { rows } = await control.execute(sql`
    with person as (select id, public_id from control.users where email = ${change.email}),
    changed as (
      update control.users u set is_superadmin = ${change.isSuperadmin}
      from person p where u.id = p.id and u.is_superadmin <> ${change.isSuperadmin}
      returning u.id, u.public_id
    ),
    noted as (
      insert into control.audit_log (account_id, at, action, subject)
      select min(m.account_id), ${change.at.toISOString()}::timestamptz, ${action}, c.public_id
      from changed c join control.members m on m.user_id = c.id
      group by c.public_id
    )
    select id from person`);
  return rows.length > 0;
}
