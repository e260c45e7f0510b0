import type { Context } from "hono";

import type { EmailUnconfirmed } from "#usecases/reports/check-recipients.ts";
import type { OrderRefusal } from "#usecases/reports/settle-order.ts";
import { problem } from "./problem.ts";

type Refusal = OrderRefusal | EmailUnconfirmed;

/** Why no report can be made of what was asked for: the same for one report and for a schedule of them. */
export function refuseOrder(c: Context, refusal: Refusal): Response {
  if (isOfField(refusal)) {
    const [path, message] = FIELDS[refusal.kind];
    return problem(c, "invalid_request", {
      detail: message,
      errors: [{ path, code: refusal.kind, message }],
    });
  }
  switch (refusal.kind) {
    case "site_not_found":
      return problem(c, "not_found", { detail: "There is no such site" });
    case "unknown_campaign":
      return problem(c, "not_found", { detail: "This site has no such campaign" });
    case "invalid_range":
      return problem(c, "invalid_range", {
        detail: "from is not after to, and the two span 800 days at most",
      });
    case "unknown_currency":
      return problem(c, "invalid_currency", { detail: `${refusal.currency} is no currency of ISO 4217` });
    case "email_unconfirmed":
      return problem(c, "email_unconfirmed", {
        detail: `To mail to ${refusal.outside.join(", ")}, confirm your own address first: the link is in your mailbox`,
      });
  }
}

/** What is wrong with one field, and which. */
const FIELDS = {
  site_missing: ["siteId", "Say which site: only an executive summary is of all sites"],
  campaigns_missing: ["campaignIds", "A sponsor report needs the campaigns that were paid for"],
  campaigns_of_account: ["campaignIds", "A report of all sites is of no campaign in particular"],
  range_missing: ["from", "Give either from and to, or a period"],
  unknown_locale: ["locale", "Not a number format, such as de-CH"],
} as const satisfies Partial<Record<Refusal["kind"], readonly [string, string]>>;

function isOfField(refusal: Refusal): refusal is Extract<Refusal, { kind: keyof typeof FIELDS }> {
  return refusal.kind in FIELDS;
}
