import * as z from "zod/mini";

/** Every parameter that a path may have. */
const PARAMETERS: Readonly<Record<string, { example: string; description: string }>> = {
  siteId: { example: "site_…", description: "Id of a site" },
  campaignId: { example: "cmp_…", description: "Id of a campaign" },
  linkId: { example: "lnk_…", description: "Id of a short link" },
  reportId: { example: "rep_…", description: "Id of a report" },
  scheduleId: { example: "sch_…", description: "Id of a schedule of reports" },
  deliveryId: { example: "dlv_…", description: "Id of a delivery: one report to one recipient" },
  addressId: { example: "adr_…", description: "Id of an address that reports are sent to" },
  shareId: { example: "shr_…", description: "Id of a link to a report" },
  logoId: { example: "9f86….png", description: "Id of a logo" },
  token: { example: "5f0c…", description: "The secret in a link of a mail, or to a shared report" },
  runId: { example: "run_…", description: "Id of an attribution run" },
  conversionId: {
    example: "0197f3c2-8e1a-7000-8000-000000000000",
    description: "Id of a conversion: that of its earliest event",
  },
  alertId: { example: "alt_…", description: "Id of an alert" },
  alertKind: { example: "conversion-drop", description: "Kind of a rule" },
  channelId: { example: "ach_…", description: "Id of a channel of alerts" },
  apiKeyId: { example: "key_…", description: "Id of an API key" },
  visitorId: {
    example: "0197f3c2-8e1a-7000-8000-000000000000",
    description: "Id of a visitor, as the script keeps it in the browser",
  },
  deadLetterId: { example: "dlt_main_42", description: "Id of a dead letter" },
  dealId: { example: "deal_…", description: "Id of a deal" },
  currency: { example: "USD", description: "A currency of ISO 4217" },
  day: { example: "2026-03-09", description: "A day in the site's zone" },
};

/** The parameters named in a path, or null without any. Throws for one that nobody described. */
export function pathParameters(path: string): z.ZodMiniObject | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  if (names.length === 0) return null;
  return z.object(Object.fromEntries(names.map((name) => [name, describedText(name)])));
}

export const repeatHeader = z.object({
  "idempotency-key": z.optional(
    z
      .string()
      .check(z.meta({ description: "The same key and request within a day get the same answer, made once" })),
  ),
});

function describedText(name: string): z.ZodMiniString {
  const parameter = PARAMETERS[name];
  if (parameter === undefined) throw new Error(`The path parameter ${name} is described nowhere`);
  return z.string().check(z.meta({ description: parameter.description, example: parameter.example }));
}
