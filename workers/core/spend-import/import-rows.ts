import { parseMinorUnits } from "#core/money/parse-minor-units.ts";
import { isDayWithin, type DayBounds } from "#core/spend/spend-days.ts";
import { cleanText } from "#core/text/clean-text.ts";
import { currencyOfHeading, type ColumnMapping, type ImportField } from "./columns.ts";
import { readAmount, type AmountFault, type DecimalMark } from "./read-amount.ts";
import { readDay, type DayOrder } from "./read-day.ts";

/** A campaign that a cell may name: by its name, its id or a value that its events are matched by. */
export type NamedCampaign = { id: string; name: string; currency: string; aliases: readonly string[] };

export type ImportOptions = {
  mapping: ColumnMapping;
  dayOrder: DayOrder;
  /** Of which spend is taken. */
  days: DayBounds;
  decimalMark: DecimalMark;
  campaigns: readonly NamedCampaign[];
  /** Names that no campaign bears → the id of the campaign that was chosen, or null to leave their rows out. */
  chosen: ReadonlyMap<string, string | null>;
  /** Where the file has no column for it. */
  source: string;
  isCurrency: (code: string) => boolean;
};

export type ImportRow = {
  campaign: string;
  day: string;
  amountMinor: number;
  currency: string;
  source: string;
  note: string | null;
};

export type ImportFault = {
  /** As the file counts: the headings are line 1. */
  line: number;
  fault:
    | AmountFault
    | "no_day"
    | "day_out_of_range"
    | "no_campaign"
    | "unknown_campaign"
    | "unknown_currency"
    | "mixed_currencies";
  text: string;
};

export type ImportPlan = {
  rows: ImportRow[];
  faults: ImportFault[];
  /** Names that no campaign bears and nobody decided on, in the order in which they came. */
  unknownCampaigns: string[];
  /** Lines that were added to an earlier one of the same campaign, day and source. */
  added: number;
  /** Lines left out because their campaign was. */
  leftOut: number;
};

const MAX_SOURCE = 40;
const MAX_NOTE = 500;

/**
 * What a table of cells (headings first) comes to as spend rows. Several lines of one campaign, day and source, as of ad
 * sets, are added up. Every line that cannot be read is told by its number; the others stand.
 */
export function planImport(table: readonly (readonly string[])[], options: ImportOptions): ImportPlan {
  const [headings = [], ...lines] = table;
  const plan: ImportPlan = { rows: [], faults: [], unknownCampaigns: [], added: 0, leftOut: 0 };
  const byKey = new Map<string, ImportRow>();
  const read = lineReader(headings, options);
  lines.forEach((cells, index) => {
    if (cells.every((cell) => cell.trim() === "")) return;
    const line = index + 2;
    const outcome = read(cells);
    if (outcome.kind === "left_out") plan.leftOut += 1;
    else if (outcome.kind === "row") addRow(plan, byKey, { line, row: outcome.row });
    else {
      plan.faults.push({ line, fault: outcome.fault, text: outcome.text });
      const isNew = outcome.fault === "unknown_campaign" && !plan.unknownCampaigns.includes(outcome.text);
      if (isNew) plan.unknownCampaigns.push(outcome.text);
    }
  });
  return plan;
}

type Fault = { kind: "fault"; fault: ImportFault["fault"]; text: string };
type Outcome = { kind: "row"; row: ImportRow } | { kind: "left_out" } | Fault;

function lineReader(
  headings: readonly string[],
  options: ImportOptions,
): (cells: readonly string[]) => Outcome {
  const { mapping } = options;
  const campaignOf = campaignFinder(options);
  const headed = mapping.amount === null ? null : currencyOfHeading(headings[mapping.amount] ?? "");
  return (cells) => {
    const cell = (field: ImportField) => cells[mapping[field] ?? -1]?.trim() ?? "";
    const day = readDay(cell("day"), options.dayOrder);
    if (day === null) return faultOf("no_day", cell("day"));
    if (!isDayWithin(day, options.days)) return faultOf("day_out_of_range", day);
    const name = cell("campaign");
    if (name === "") return faultOf("no_campaign", name);
    const campaign = campaignOf(name);
    if (campaign === undefined) return faultOf("unknown_campaign", name);
    if (campaign === null) return { kind: "left_out" };
    const told = cell("currency").toUpperCase() || headed;
    const money = moneyOf(cell("amount"), { told, campaign, options });
    if ("fault" in money) return money;
    const source = cleanText((cell("source") || options.source).slice(0, MAX_SOURCE));
    const note = cleanText(cell("note").slice(0, MAX_NOTE)) || null;
    return { kind: "row", row: { campaign: campaign.id, day, ...money, source, note } };
  };
}

type MoneyFacts = { told: string | null; campaign: NamedCampaign; options: ImportOptions };

/** The currency of the column or its heading goes before a sign in the cell, and that before the campaign's. */
function moneyOf(
  text: string,
  { told, campaign, options }: MoneyFacts,
): Pick<ImportRow, "amountMinor" | "currency"> | Fault {
  const amount = readAmount(text, options.decimalMark);
  if ("fault" in amount) return faultOf(amount.fault, text);
  const currency = told ?? amount.currency ?? campaign.currency;
  if (!options.isCurrency(currency)) return faultOf("unknown_currency", currency);
  const amountMinor = parseMinorUnits(amount.decimal, currency);
  return amountMinor === null ? faultOf("no_amount", text) : { amountMinor, currency };
}

function faultOf(fault: ImportFault["fault"], text: string): Fault {
  return { kind: "fault", fault, text };
}

/** Undefined: nobody bears the name; null: its rows are to be left out. */
function campaignFinder({
  campaigns,
  chosen,
}: ImportOptions): (name: string) => NamedCampaign | null | undefined {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const known = new Map<string, NamedCampaign>();
  for (const campaign of campaigns.toReversed()) {
    for (const alias of campaign.aliases) known.set(fold(alias), campaign);
  }
  // A name goes before what another campaign is matched by.
  for (const campaign of campaigns.toReversed()) known.set(fold(campaign.name), campaign);
  return (name) => {
    const choice = chosen.get(name);
    if (choice === null) return null;
    if (choice !== undefined) return byId.get(choice);
    return byId.get(name) ?? known.get(fold(name));
  };
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

function addRow(
  plan: ImportPlan,
  byKey: Map<string, ImportRow>,
  { line, row }: { line: number; row: ImportRow },
) {
  const key = JSON.stringify([row.campaign, row.day, row.source]);
  const before = byKey.get(key);
  if (before === undefined) {
    byKey.set(key, row);
    plan.rows.push(row);
  } else if (before.currency === row.currency) {
    before.amountMinor += row.amountMinor;
    before.note ??= row.note;
    plan.added += 1;
  } else plan.faults.push({ line, fault: "mixed_currencies", text: `${before.currency}, ${row.currency}` });
}
