import * as z from "zod/mini";

/** RFC 9457 problem JSON, with a stable code, the fields at fault and the request's id. Never a stack. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), code: z.string(), message: z.string() }))),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problem>;
