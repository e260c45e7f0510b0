import type { Campaign, CreateCampaignRequest, Matcher } from "#contract/campaigns.ts";
import { endsBeforeItStarts } from "#core/campaigns/flight.ts";
import { moneyError, moneyToInput, parseMoney } from "#frontend/format/typed-money.ts";
import { parsePercent, percentErrors, percentToInput } from "#frontend/format/percent.ts";
import type { Errors } from "#frontend/parts/use-form.ts";

export type CampaignValues = {
  name: string;
  channel: string;
  startsOn: string;
  endsOn: string;
  budget: string;
  goal: string;
  targetCpa: string;
  targetRoas: string;
  margin: string;
  owner: string;
  notes: string;
};

export const EMPTY_CAMPAIGN: CampaignValues = {
  name: "",
  channel: "paid-social",
  startsOn: "",
  endsOn: "",
  budget: "",
  goal: "",
  targetCpa: "",
  targetRoas: "",
  margin: "",
  owner: "",
  notes: "",
};

/** The API's names of fields that the form shows under another. */
export const CAMPAIGN_FIELD_OF = {
  budgetMinor: "budget",
  targetCpaMinor: "targetCpa",
  marginPercent: "margin",
} as const;

/** A campaign as the form shows it. */
export function toValues(campaign: Campaign): CampaignValues {
  return {
    name: campaign.name,
    channel: campaign.channel,
    startsOn: campaign.startsOn ?? "",
    endsOn: campaign.endsOn ?? "",
    budget: moneyToInput(campaign.budget?.minor ?? null, campaign.currency),
    ...toTexts(campaign),
    targetCpa: moneyToInput(campaign.targetCpa?.minor ?? null, campaign.currency),
    targetRoas: campaign.targetRoas === null ? "" : String(campaign.targetRoas),
    margin: percentToInput(campaign.marginPercent),
  };
}

function toTexts({ goal, owner, notes }: Campaign): Pick<CampaignValues, "goal" | "owner" | "notes"> {
  return { goal: goal ?? "", owner: owner ?? "", notes: notes ?? "" };
}

/** What the form sends, for a new campaign and for a changed one. Empty fields are cleared. */
export function toRequest(values: CampaignValues, currency: string): CreateCampaignRequest {
  return {
    name: values.name.trim(),
    channel: values.channel,
    startsOn: values.startsOn || null,
    endsOn: values.endsOn || null,
    budgetMinor: values.budget.trim() === "" ? null : parseMoney(values.budget, currency),
    targetCpaMinor: values.targetCpa.trim() === "" ? null : parseMoney(values.targetCpa, currency),
    targetRoas: parseRoas(values.targetRoas),
    marginPercent: parsePercent(values.margin),
    goal: values.goal.trim() || null,
    owner: values.owner.trim() || null,
    notes: values.notes.trim() || null,
  };
}

/** Field → sentence. */
export function campaignErrors(values: CampaignValues, currency: string): Errors {
  const errors: Errors = { ...percentErrors(values, "margin") };
  if (values.name.trim() === "") errors.name = "Give the campaign a name";
  if (endsBeforeItStarts({ startsOn: values.startsOn || null, endsOn: values.endsOn || null })) {
    errors.endsOn = "The last day must not come before the first";
  }
  for (const field of ["budget", "targetCpa"] as const) {
    const refused = values[field].trim() === "" ? null : moneyError(values[field], currency, "1250.00");
    if (refused !== null) errors[field] = refused;
  }
  if (values.targetRoas.trim() !== "" && parseRoas(values.targetRoas) === null) {
    errors.targetRoas = "Enter a number, like 3.5";
  }
  return errors;
}

/** "AUTUMN15, autumn20" → promo code matchers, each once. */
export function promoMatchers(text: string): Matcher[] {
  const codes = text.split(/[\s,;]+/).filter(Boolean);
  return [...new Set(codes)].map((value) => ({ kind: "promo_code", value }));
}

function parseRoas(text: string): number | null {
  const plain = text.trim().replace(",", ".").replace(/[x×]$/i, "");
  return /^\d{1,6}(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
