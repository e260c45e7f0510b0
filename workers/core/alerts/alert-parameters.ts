import type { AlertKind } from "./alert-kind.ts";

/** One number of a rule. Names are the API's. */
export type AlertParameter = {
  name: string;
  /** On screens. */
  label: string;
  unit: "percent" | "minutes" | "hours" | "days" | "milliseconds" | "count";
  standard: number;
  least: number;
  most: number;
};

const percent = (name: string, label: string, standard: number): AlertParameter => ({
  name,
  label,
  unit: "percent",
  standard,
  least: 0.1,
  most: 1_000,
});
const count = (name: string, label: string, standard: number): AlertParameter => ({
  name,
  label,
  unit: "count",
  standard,
  least: 0,
  most: 1_000_000,
});

/** How long before anybody is told, how long until it is over, and how often it is said again (0: never). */
function timing(forMinutes: number, holdMinutes: number, repeatHours: number): AlertParameter[] {
  const most = 10_080;
  return [
    {
      name: "forMinutes",
      label: "Wait before telling",
      unit: "minutes",
      standard: forMinutes,
      least: 0,
      most,
    },
    { name: "holdMinutes", label: "Over after", unit: "minutes", standard: holdMinutes, least: 0, most },
    { name: "repeatHours", label: "Say again every", unit: "hours", standard: repeatHours, least: 0, most },
  ];
}

/**
 * The numbers of each kind of rule and what they are unless somebody changes them. A rule that nobody changed has no row:
 * so every new site is watched at once, and a better standard reaches everybody who did not choose another.
 */
export const ALERT_PARAMETERS: Readonly<Record<AlertKind, readonly AlertParameter[]>> = {
  "error-rate": [
    { ...percent("percent", "Failed requests, more than", 1), most: 100 },
    count("leastRequests", "Of at least this many requests", 50),
    ...timing(5, 10, 4),
  ],
  "slow-answers": [
    {
      name: "p95Ms",
      label: "95 % answered within, more than",
      unit: "milliseconds",
      standard: 1_000,
      least: 1,
      most: 120_000,
    },
    count("leastRequests", "Of at least this many requests", 50),
    ...timing(5, 10, 4),
  ],
  "ingest-lag": [
    {
      name: "lagMinutes",
      label: "Events wait, more than",
      unit: "minutes",
      standard: 5,
      least: 1,
      most: 1_440,
    },
    ...timing(5, 5, 4),
  ],
  "dead-letters": [count("letters", "Dead letters, more than", 0), ...timing(0, 5, 24)],
  "rollup-stalled": [
    {
      name: "lagMinutes",
      label: "Hours wait, more than",
      unit: "minutes",
      standard: 10,
      least: 1,
      most: 1_440,
    },
    ...timing(5, 5, 4),
  ],
  "report-failure": [count("failures", "Failures of a day, more than", 0), ...timing(0, 5, 24)],
  "site-silent": [
    {
      name: "leastMinutes",
      label: "No event for",
      unit: "minutes",
      standard: 60,
      least: 30,
      most: 1_440,
    },
    { ...count("leastExpected", "When usually there are at least", 20), least: 5 },
    ...timing(0, 5, 24),
  ],
  "conversion-drop": [
    { ...percent("percent", "Fewer than usual by", 50), least: 10, most: 100 },
    { name: "hours", label: "In the last", unit: "hours", standard: 3, least: 1, most: 24 },
    { ...count("leastUsual", "When usually there are at least", 10), least: 3 },
    ...timing(20, 60, 24),
  ],
  overspend: [
    percent("percent", "Ahead of its budget by", 20),
    { ...percent("leastElapsed", "From this part of the flight on", 10), least: 0, most: 100 },
    ...timing(0, 60, 72),
  ],
  "under-delivery": [
    { ...percent("percent", "Behind its budget by", 30), most: 100 },
    { ...percent("leastElapsed", "From this part of the flight on", 25), least: 0, most: 100 },
    ...timing(0, 60, 72),
  ],
  "cpa-above-target": [
    percent("percent", "Above the target by", 20),
    { name: "days", label: "Over the last", unit: "days", standard: 7, least: 1, most: 90 },
    { ...count("leastConversions", "Of at least this many conversions", 5), least: 1 },
    ...timing(0, 60, 72),
  ],
};

export type AlertNumbers = Readonly<Record<string, number>>;

/** All numbers of a rule: what somebody chose, and the standard for the rest. */
export function numbersOf(kind: AlertKind, chosen: AlertNumbers | null): AlertNumbers {
  return Object.fromEntries(
    ALERT_PARAMETERS[kind].map(({ name, standard }) => [name, chosen?.[name] ?? standard]),
  );
}

/** One number of a rule. */
export function numberOf(numbers: AlertNumbers, name: string): number {
  const value = numbers[name];
  if (value === undefined) throw new Error(`The rule has no number called ${name}`);
  return value;
}

export type ParameterFault = { name: string; reason: "unknown" | "too_small" | "too_large" | "not_whole" };

/** What is wrong with the numbers that somebody chose: the first fault, null when there is none. */
export function parameterFault(kind: AlertKind, chosen: AlertNumbers): ParameterFault | null {
  const known = new Map(ALERT_PARAMETERS[kind].map((parameter) => [parameter.name, parameter]));
  for (const [name, value] of Object.entries(chosen)) {
    const parameter = known.get(name);
    if (parameter === undefined) return { name, reason: "unknown" };
    if (value < parameter.least) return { name, reason: "too_small" };
    if (value > parameter.most) return { name, reason: "too_large" };
    if (parameter.unit !== "percent" && !Number.isInteger(value)) return { name, reason: "not_whole" };
  }
  return null;
}
