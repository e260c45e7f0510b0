import * as z from "zod/mini";

import { accent, logoId, reportLanguage } from "./report-options.ts";

/** `GET /report-settings`, `PUT /report-settings`: how the account's reports look, and how long their files are kept. */
export const reportSettings = z.object({
  logo: z.nullable(logoId),
  accent: z.nullable(accent),
  footer: z.nullable(z.string().check(z.maxLength(200))),
  language: reportLanguage,
  /** BCP 47, such as `de-CH`. */
  locale: z.string().check(z.maxLength(35)),
  /** Days that files are kept; null: for good. */
  retentionDays: z.nullable(z.number().check(z.int(), z.minimum(30), z.maximum(3_650))),
});
export type ReportSettings = z.infer<typeof reportSettings>;

/** `POST /report-logos` with the bytes of a PNG or JPEG, 512 kB at most → 201. `GET /report-logos/:id`: its bytes. */
export const reportLogo = z.object({ id: logoId, width: z.number(), height: z.number() });
export type ReportLogo = z.infer<typeof reportLogo>;
