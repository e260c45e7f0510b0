import { sql } from "drizzle-orm";

import type { Database } from "#db/database.ts";
import type { FirstSteps } from "./list-first-steps.ts";

/** Fills what is still empty in `user_metrics`; a step that was noted stays as it is. */
export async function writeFirstSteps(control: Database, steps: readonly FirstSteps[]): Promise<void> {
  const json = JSON.stringify(
    steps.map(({ accountId, firstEventAt, firstAttributedAt }) => ({
      a: accountId,
      e: firstEventAt,
      c: firstAttributedAt,
    })),
  );
  await control.execute(sql`
    update control.user_metrics m
    set first_event_at = coalesce(m.first_event_at, s.e),
      first_attributed_conversion_at = coalesce(m.first_attributed_conversion_at, s.c)
    from jsonb_to_recordset(${json}::jsonb) as s (a int, e timestamptz, c timestamptz)
    where m.account_id = s.a and (m.first_event_at is null or (m.first_attributed_conversion_at is null and s.c is not null))`);
}
