import type { Campaign } from "#contract/campaigns.ts";
import type { CreateReportRequest } from "#contract/reports.ts";
import type { Site } from "#contract/sites.ts";
import { isDay } from "#frontend/format/day.ts";
import type { Errors } from "#frontend/parts/use-form.ts";
import { emailError } from "#frontend/screens/entry/entry-rules.ts";

export type ReportValues = {
  from: string;
  to: string;
  title: string;
  preparedFor: string;
  model: string;
  lookback: string;
  recipients: string;
  note: string;
};

const MAX_RECIPIENTS = 20;

/** "a@x.example, b@y.example" → each address once. */
export function splitAddresses(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((address) => address.toLowerCase()),
    ),
  ];
}

/** Field → sentence. */
export function reportErrors({ from, to, recipients }: ReportValues): Errors {
  const errors: Errors = {};
  if (!isDay(from)) errors.from = "Enter the first day";
  if (!isDay(to)) errors.to = "Enter the last day";
  if (!errors.from && !errors.to && from > to) errors.to = "The last day must not come before the first";
  const addresses = splitAddresses(recipients);
  const wrong = addresses.find((address) => emailError(address) !== null);
  if (wrong) errors.recipients = `“${wrong}” is not an e-mail address`;
  else if (addresses.length > MAX_RECIPIENTS) errors.recipients = `At most ${MAX_RECIPIENTS} addresses`;
  return errors;
}

/** What is asked of the API. */
export function reportRequest(
  values: ReportValues,
  site: Site,
  campaign: Campaign | null,
): CreateReportRequest {
  const recipients = splitAddresses(values.recipients);
  return {
    siteId: site.id,
    ...(campaign ? { campaignId: campaign.id } : {}),
    from: values.from,
    to: values.to,
    title: values.title.trim() || null,
    preparedFor: values.preparedFor.trim() || null,
    model: values.model as "first" | "last" | "linear",
    lookback: Number(values.lookback) as 1 | 7 | 14 | 30 | 60 | 90,
    recipients,
    note: values.note.trim() || null,
  };
}
