import { parseArgs } from "node:util";
import { MODELS, type Model } from "#core/attribution/models.ts";
import {
  checkOptions,
  DEFAULT_OPTIONS,
  MARKOV_ORDERS,
  type AttributionOptions,
  type OptionsError,
} from "#core/attribution/options.ts";
import { InputError } from "./csv-rows.ts";

export const USAGE = `npm run attribute -- --paths FILE.csv [--model MODEL] [--order 1|2|3] [--no-null] [--json]
npm run attribute -- --events TOUCHPOINTS.csv CONVERSIONS.csv [--model MODEL] [--by channel|campaign]
    [--lookback DAYS] [--reset] [--direct keep|exclude] [--half-life DAYS] [--order 1|2|3] [--no-null] [--json]
MODEL: ${MODELS.map(cliName).join(", ")}; markov if none is named. time-decay needs --events.`;

type Input =
  | { kind: "paths"; file: string }
  | { kind: "events"; touchpoints: string; conversions: string; by: "channel" | "campaign" };

export type Command = { input: Input; model: Model; options: AttributionOptions; isJson: boolean };

/** What the command line asks for. Throws an `InputError` that says what is wrong with it. */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parsed(args);
  const input = readInput(values, positionals);
  const model = readModel(values.model ?? "markov");
  if (model === "time_decay" && input.kind === "paths")
    throw new InputError("time-decay needs the times of touches: a path file has none, --events has");
  return { input, model, options: readOptions(values), isJson: values.json };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        paths: { type: "string" },
        events: { type: "string" },
        model: { type: "string" },
        by: { type: "string", default: "channel" },
        order: { type: "string" },
        "no-null": { type: "boolean", default: false },
        lookback: { type: "string" },
        reset: { type: "boolean", default: false },
        direct: { type: "string", default: "keep" },
        "half-life": { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parsed>["values"];

function readInput({ paths, events, by }: Values, positionals: readonly string[]): Input {
  const [conversions, ...more] = positionals;
  if (paths !== undefined && events === undefined && conversions === undefined)
    return { kind: "paths", file: paths };
  if (events === undefined || paths !== undefined || conversions === undefined || more.length > 0)
    throw new InputError("Name either --paths with one file or --events with two");
  if (by !== "channel" && by !== "campaign")
    throw new InputError(`--by is "${by}" instead of channel or campaign`);
  return { kind: "events", touchpoints: events, conversions, by };
}

/** `last_non_direct` is `last-non-direct` on a command line. */
export function cliName(model: Model): string {
  return model.replaceAll("_", "-");
}

function readModel(name: string): Model {
  const model = MODELS.find((known) => cliName(known) === name);
  if (model === undefined)
    throw new InputError(`No model is called ${name}: there are ${MODELS.map(cliName).join(", ")}`);
  return model;
}

function readOptions(values: Values): AttributionOptions {
  if (values.direct !== "keep" && values.direct !== "exclude")
    throw new InputError(`--direct is "${values.direct}" instead of keep or exclude`);
  const options = checkOptions({
    ...DEFAULT_OPTIONS,
    lookbackDays: Number(values.lookback ?? DEFAULT_OPTIONS.lookbackDays),
    direct: values.direct === "keep" ? "keep" : "exclude_unless_only",
    reset: values.reset ? true : null,
    halfLifeDays: Number(values["half-life"] ?? DEFAULT_OPTIONS.halfLifeDays),
    markov: {
      order:
        MARKOV_ORDERS.find((order) => String(order) === (values.order ?? "1")) ?? unknownOrder(values.order),
      nullJourneys: !values["no-null"],
    },
  });
  if (!options.ok) throw new InputError(problemOf(options.error));
  return options.value;
}

function unknownOrder(order = ""): never {
  throw new InputError(`--order is "${order}" instead of ${MARKOV_ORDERS.join(", ")}`);
}

function problemOf(error: OptionsError): string {
  switch (error.kind) {
    case "invalid_lookback":
      return `--lookback is not a whole number of days from ${error.min} to ${error.max}`;
    case "invalid_half_life":
      return `--half-life is not a number of days from ${error.min} to ${error.max}`;
    case "invalid_position":
      return `the position shares are wrong: ${error.reason}`;
    case "invalid_order":
      return unknownOrder();
  }
}
