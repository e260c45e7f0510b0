import * as z from "zod/mini";

import { anyJson, day, instant } from "./primitives.ts";
import { reportKind, reportLanguage, reportSection } from "./report-options.ts";

const range = z.object({ from: day, to: day, timeZone: z.string() });

/**
 * `GET /reports/:id/model`: everything that the report's files say, as plain data. `workers/core/report/report-model.ts`
 * has all of it; what is named here is its frame.
 */
export const reportModel = z.catchall(
  z.object({
    version: z.literal(2),
    kind: reportKind,
    language: reportLanguage,
    locale: z.string(),
    title: z.string(),
    accountName: z.string(),
    siteName: z.nullable(z.string()),
    campaignNames: z.array(z.string()),
    sections: z.array(reportSection),
    range,
    comparison: z.nullable(range),
    generatedAt: instant,
    currency: z.string(),
  }),
  anyJson("Figures and tables, by section"),
);
