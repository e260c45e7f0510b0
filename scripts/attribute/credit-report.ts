import { resets } from "#core/attribution/options.ts";
import type { AccountResult } from "./credit-account.ts";
import { cliName, type Command } from "./read-command.ts";

/** What was asked, with the options that matter to it, and the answer in full double precision. */
export function creditJson(
  command: Command,
  { total, unattributed, credit, pConversion }: AccountResult,
): string {
  const answer = {
    model: cliName(command.model),
    options: optionsInUse(command),
    total,
    unattributed,
    ...(pConversion === undefined ? {} : { pConversion }),
    credit,
  };
  return JSON.stringify(answer, null, 2);
}

function optionsInUse({ input, model, options }: Command): object {
  const ofModel = {
    ...(model === "markov" ? options.markov : {}),
    ...(model === "position" ? { position: options.position } : {}),
    ...(model === "time_decay" ? { halfLifeDays: options.halfLifeDays } : {}),
  };
  if (input.kind === "paths") return ofModel;
  const { lookbackDays, direct } = options;
  return { by: input.by, lookbackDays, direct, reset: resets(model, options), ...ofModel };
}

/** A table for people: three decimals are enough to compare by eye. */
export function creditTable(
  command: Command,
  { total, unattributed, credit, pConversion }: AccountResult,
): string {
  const rows = [...credit, { name: "(unattributed)", ...unattributed }, { name: "total", ...total }].map(
    ({ name, conversions, value }) => [
      name === "" ? "(none)" : name,
      conversions.toFixed(3),
      value.toFixed(3),
    ],
  );
  const header = [cliName(command.model), "conversions", "value"];
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const lines = [header, ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
  );
  const chance = pConversion === undefined ? [] : ["", `P(conversion) = ${pConversion}`];
  return [...lines, ...chance].join("\n");
}
