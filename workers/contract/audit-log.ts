import * as z from "zod/mini";

import { anyJson, instant, limit } from "./primitives.ts";

/** `GET /audit-log`: what was done in the account, newest first; `area` is the first word of an action. */
export const auditLogQuery = z.object({
  after: z.optional(z.string()),
  limit,
  area: z.optional(z.string().check(z.regex(/^[a-z_]{1,40}$/))),
});

/** Who did it; a person or key that is gone since has no name any more, `system` is a job or a command. */
export const auditActor = z.object({
  kind: z.enum(["user", "key", "system"]),
  id: z.nullable(z.string()),
  name: z.nullable(z.string()),
});

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** `campaign.update`, `admin.dead_letters.replay`, … */
  action: z.string(),
  /** Public id of what was changed. */
  subject: z.string(),
  actor: auditActor,
  /** What changed, where it says: never a secret, never a visitor's data. */
  detail: z.nullable(z.record(z.string(), anyJson("As it was set, by the name of the field"))),
});
export type AuditEntry = z.infer<typeof auditEntry>;
