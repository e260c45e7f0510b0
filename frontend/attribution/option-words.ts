import { DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import { writePosition, writeSwitches } from "./attribution-view.ts";
import type { Switches } from "./attribution-view.ts";

export const DIRECT_CHOICES = [
  { value: "keep", label: "Counts like any channel" },
  { value: "exclude_unless_only", label: "Only when there is nothing else" },
];

export const RESET_CHOICES = [
  { value: "auto", label: "As the model does it" },
  { value: "on", label: "Starts anew after each conversion" },
  { value: "off", label: "Goes on over earlier conversions" },
];

export const CUSTOMER_CHOICES = [
  { value: "", label: "Everyone" },
  { value: "new", label: "New customers" },
  { value: "returning", label: "Returning customers" },
];

type OptionChip = { key: string; label: string; value: string; onRemove: () => void };
type Fact = { key: keyof Switches; label: string; value: string; isDefault: boolean };

/** "14 days": every switch that is not where it stands by itself, as a chip that puts it back. */
export function optionChips(switches: Switches, set: (change: Partial<Switches>) => void): OptionChip[] {
  return facts(switches)
    .filter((fact) => !fact.isDefault)
    .map(({ key, label, value }) => ({
      key,
      label,
      value,
      onRemove: () =>
        set({ [key]: key in DEFAULT_OPTIONS ? DEFAULT_OPTIONS[key as keyof typeof DEFAULT_OPTIONS] : null }),
    }));
}

function facts(switches: Switches): Fact[] {
  const { lookbackDays, direct, reset, position, halfLifeDays, markov, conversionType, customer } = switches;
  const isDefault = (key: keyof typeof DEFAULT_OPTIONS) =>
    Object.values(writeSwitches({ [key]: switches[key] })).every((value) => value === null);
  return [
    {
      key: "lookbackDays",
      label: "Lookback",
      value: days(lookbackDays),
      isDefault: isDefault("lookbackDays"),
    },
    { key: "direct", label: "Direct", value: "only when alone", isDefault: direct === "keep" },
    {
      key: "reset",
      label: "Journeys",
      value: reset === true ? "start anew" : "go on",
      isDefault: reset === null,
    },
    {
      key: "position",
      label: "Position",
      value: writePosition(position).replaceAll("-", "/"),
      isDefault: isDefault("position"),
    },
    {
      key: "halfLifeDays",
      label: "Half-life",
      value: days(halfLifeDays),
      isDefault: isDefault("halfLifeDays"),
    },
    { key: "markov", label: "Markov", value: markovWords(markov), isDefault: isDefault("markov") },
    { key: "conversionType", label: "Type", value: conversionType ?? "", isDefault: conversionType === null },
    {
      key: "customer",
      label: "Customers",
      value: customer ?? "",
      isDefault: customer === null,
    },
  ];
}

export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function markovWords({ order, nullJourneys }: Switches["markov"]): string {
  return [`order ${order}`, ...(nullJourneys ? [] : ["converting journeys only"])].join(", ");
}
