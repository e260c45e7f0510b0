import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import { guessColumns, type ColumnMapping } from "#core/spend-import/columns.ts";
import { spendDays } from "#core/spend/spend-days.ts";
import type { ImportFault, ImportOptions, NamedCampaign } from "#core/spend-import/import-rows.ts";
import { guessDecimalMark, type DecimalMark } from "#core/spend-import/read-amount.ts";
import { guessDayOrder, type DayOrder } from "#core/spend-import/read-day.ts";
import { todayAt } from "#frontend/state/workspace.ts";

/** What becomes of rows whose campaign nobody here bears the name of. */
export type UnknownChoice =
  | { kind: "campaign"; id: string }
  | { kind: "new"; channel: string }
  | { kind: "skip" };

export type ImportChoices = {
  table: string[][];
  mapping: ColumnMapping;
  dayOrder: DayOrder;
  decimalMark: DecimalMark;
  source: string;
  unknown: ReadonlyMap<string, UnknownChoice>;
};

/** Before a campaign has been made its name stands for its id. */
export const NEW_CAMPAIGN = "new:";

const KNOWN_CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** What a table says about itself; all of it can be changed. */
export function startingChoices(table: string[][]): ImportChoices {
  const [headings = [], ...rows] = table;
  const mapping = guessColumns(headings);
  return { table, mapping, ...formatsOf(rows, mapping), source: "import", unknown: new Map() };
}

/** Order of days and decimal mark of the columns that are chosen. */
export function formatsOf(
  rows: readonly (readonly string[])[],
  mapping: ColumnMapping,
): Pick<ImportChoices, "dayOrder" | "decimalMark"> {
  const column = (at: number | null) => (at === null ? [] : rows.map((row) => row[at] ?? ""));
  return {
    dayOrder: guessDayOrder(column(mapping.day), "dmy"),
    decimalMark: guessDecimalMark(column(mapping.amount), "."),
  };
}

/** Without campaigns that were to be made and are there by now: a second try makes none twice. */
export function stillOpen(
  unknown: ImportChoices["unknown"],
  campaigns: readonly Pick<Campaign, "name">[],
): ImportChoices["unknown"] {
  const names = new Set(campaigns.map(({ name }) => name.trim().toLowerCase()));
  const open = [...unknown].filter(
    ([name, choice]) => choice.kind !== "new" || !names.has(name.trim().toLowerCase()),
  );
  return new Map(open);
}

/** The choices as core takes them. */
export function optionsOf(
  { mapping, dayOrder, decimalMark, source, unknown }: ImportChoices,
  campaigns: readonly Campaign[],
  site: Site,
): ImportOptions {
  const chosen = new Map([...unknown].map(([name, choice]) => [name, idOf(name, choice)]));
  const made = [...unknown].filter(([, choice]) => choice.kind === "new");
  return {
    mapping,
    dayOrder,
    days: spendDays(todayAt(site)),
    decimalMark,
    campaigns: [...campaigns.map(named), ...made.map(([name]) => newCampaign(name, site.currency))],
    chosen,
    source: source.trim() || "import",
    isCurrency: (code) => KNOWN_CURRENCIES.has(code),
  };
}

function idOf(name: string, choice: UnknownChoice): string | null {
  switch (choice.kind) {
    case "campaign":
      return choice.id;
    case "new":
      return NEW_CAMPAIGN + name;
    case "skip":
      return null;
  }
}

function named({ id, name, currency, matchers }: Campaign): NamedCampaign {
  const aliases = matchers.filter(({ kind }) => kind === "utm_campaign").map(({ value }) => value);
  return { id, name, currency, aliases };
}

function newCampaign(name: string, currency: string): NamedCampaign {
  return { id: NEW_CAMPAIGN + name, name, currency, aliases: [] };
}

export const FAULT_WORDS: Readonly<Record<ImportFault["fault"], (text: string) => string>> = {
  no_day: (text) => (text === "" ? "no day" : `“${text}” is no day of the calendar`),
  day_out_of_range: (text) => `${text} is before 2000 or more than two years ahead`,
  no_campaign: () => "no campaign",
  unknown_campaign: (text) => `no campaign is called “${text}”: choose one above`,
  no_amount: (text) => (text === "" ? "no amount" : `“${text}” is no amount`),
  negative: (text) => `“${text}” is negative: enter credits as a lower amount of their day`,
  unknown_currency: (text) => `“${text}” is no currency`,
  mixed_currencies: (text) => `two currencies on one day of one campaign: ${text}`,
};
