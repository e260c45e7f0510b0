import type { Touch } from "#core/attribution/journey.ts";
import type { Model } from "#core/attribution/models.ts";
import { resets, type AttributionOptions } from "#core/attribution/options.ts";
import { conversionJourneys, nullJourney } from "#core/attribution/visitor-journeys.ts";
import { creditAccount, type AccountResult } from "./credit-account.ts";
import { readEvents, type EventFiles } from "./read-events.ts";
import { readPaths } from "./read-paths.ts";

type Question = { model: Model; options: AttributionOptions };

/** Credit for the journeys of a path file. They have an order and no times; `direct` is known by its name. */
export async function attributePaths(file: string, { model, options }: Question): Promise<AccountResult> {
  const account = creditAccount(model, options);
  for await (const { groups, ...amounts } of readPaths(file)) {
    account.add({ journey: groups.map(touchOf), ...amounts });
  }
  return account.result();
}

function touchOf(group: string, place: number): Touch {
  return { id: String(place), atMs: place, rank: 0, group, isDirect: group.toLowerCase() === "direct" };
}

/** Credit for the conversions of two event files; a Markov chain sees journeys without a conversion, too. */
export async function attributeEvents(
  files: EventFiles,
  { model, options }: Question,
): Promise<AccountResult> {
  const account = creditAccount(model, options);
  const rules = { ...options, reset: resets(model, options) };
  for (const visitor of await readEvents(files)) {
    for (const { conversion, journey } of conversionJourneys(visitor, rules)) {
      account.add({ journey, conversions: 1, value: conversion.cents, nulls: 0 });
    }
    const unfinished = nullJourney(visitor, rules);
    if (unfinished.length > 0) account.add({ journey: unfinished, conversions: 0, value: 0, nulls: 1 });
  }
  return account.result();
}
