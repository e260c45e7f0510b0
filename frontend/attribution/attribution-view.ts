import { useMemo } from "preact/hooks";

import type { AttributionModel } from "#contract/attribution.ts";
import type { Site } from "#contract/sites.ts";
import { CUSTOMER_KINDS, GROUPINGS } from "#core/attribution/grouping.ts";
import type { CustomerKind, Grouping } from "#core/attribution/grouping.ts";
import { MODELS } from "#core/attribution/models.ts";
import { checkOptions, DEFAULT_OPTIONS } from "#core/attribution/options.ts";
import type { AttributionOptions, MarkovOrder, PositionShares } from "#core/attribution/options.ts";
import type { AttributionAsk } from "#frontend/api/paths.ts";
import { readRangeChoice, resolveRange } from "#frontend/state/date-range.ts";
import type { RangeChoice } from "#frontend/state/date-range.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import type { QueryChange } from "#frontend/state/use-query.ts";
import { todayAt } from "#frontend/state/workspace.ts";

type Query = Readonly<Record<string, string>>;

/** All switches of a question about journeys, as the address says them. */
export type Switches = AttributionOptions & {
  by: Grouping;
  conversionType: string | null;
  customer: CustomerKind | null;
};

export const DEFAULT_MODELS: readonly AttributionModel[] = ["last", "linear", "position", "markov"];

/** The switches that the address says; what it does not say, or says wrongly, stands at its default. */
export function readSwitches(query: Query): Switches {
  const { lookbackDays, halfLifeDays, position } = DEFAULT_OPTIONS;
  const read: AttributionOptions = {
    lookbackDays: readNumber(query.lookback, lookbackDays),
    direct: query.direct === "exclude_unless_only" ? "exclude_unless_only" : "keep",
    reset: query.reset === "on" ? true : query.reset === "off" ? false : null,
    position: readPosition(query.position) ?? position,
    halfLifeDays: readNumber(query.half_life, halfLifeDays),
    markov: { order: readOrder(query.order), nullJourneys: query.nulls !== "out" },
  };
  return {
    ...repaired(read),
    by: GROUPINGS.find((by) => by === query.by) ?? "campaign",
    conversionType: query.conversion?.trim() || null,
    customer: CUSTOMER_KINDS.find((kind) => kind === query.customer) ?? null,
  };
}

/** What an address out of range says falls back alone: the other switches stay. */
function repaired(read: AttributionOptions): AttributionOptions {
  const checked = checkOptions(read);
  if (checked.ok) return read;
  switch (checked.error.kind) {
    case "invalid_lookback":
      return repaired({ ...read, lookbackDays: DEFAULT_OPTIONS.lookbackDays });
    case "invalid_half_life":
      return repaired({ ...read, halfLifeDays: DEFAULT_OPTIONS.halfLifeDays });
    case "invalid_position":
      return repaired({ ...read, position: DEFAULT_OPTIONS.position });
    case "invalid_order":
      return repaired({ ...read, markov: DEFAULT_OPTIONS.markov });
  }
}

/** The address of some switches; a default needs no parameter. */
export function writeSwitches(change: Partial<Switches>): QueryChange {
  const written: Record<string, string | null> = {};
  const put = (name: string, value: string, isDefault: boolean) => {
    written[name] = isDefault ? null : value;
  };
  const { lookbackDays, direct, reset, position, halfLifeDays, markov } = change;
  if (lookbackDays !== undefined)
    put("lookback", String(lookbackDays), lookbackDays === DEFAULT_OPTIONS.lookbackDays);
  if (direct !== undefined) put("direct", direct, direct === DEFAULT_OPTIONS.direct);
  if (reset !== undefined) put("reset", reset === true ? "on" : "off", reset === null);
  if (position) put("position", writePosition(position), isSame(position, DEFAULT_OPTIONS.position));
  if (halfLifeDays !== undefined)
    put("half_life", String(halfLifeDays), halfLifeDays === DEFAULT_OPTIONS.halfLifeDays);
  if (markov) {
    put("order", String(markov.order), markov.order === DEFAULT_OPTIONS.markov.order);
    put("nulls", "out", markov.nullJourneys);
  }
  return { ...written, ...writeFilters(change) };
}

function writeFilters({ by, conversionType, customer }: Partial<Switches>): QueryChange {
  return {
    ...(by === undefined ? {} : { by: by === "campaign" ? null : by }),
    ...(conversionType === undefined ? {} : { conversion: conversionType }),
    ...(customer === undefined ? {} : { customer }),
  };
}

/** The models that the address names, in the order in which it names them. */
export function readModels(text: string | undefined): readonly AttributionModel[] {
  const named = (text ?? "").split(",").flatMap((word) => MODELS.find((model) => model === word) ?? []);
  return named.length > 0 ? [...new Set(named)] : DEFAULT_MODELS;
}

export function writeModels(models: readonly AttributionModel[]): string | null {
  const text = models.join(",");
  return text === DEFAULT_MODELS.join(",") ? null : text;
}

/** What the API is asked; a switch at its default is not said, so that one question has one address. */
export function askOf(switches: Switches, range: { from: string; to: string }): AttributionAsk {
  const { conversion, by: _, ...rest } = writeSwitches(switches);
  return { ...range, by: switches.by, ...rest, type: conversion ?? null };
}

export type AttributionView = { choice: RangeChoice; today: string; switches: Switches; ask: AttributionAsk };

/** Range and switches of a page about journeys, from the URL. */
export function useAttributionView(site: Site): AttributionView {
  const [query] = useQuery();
  const today = todayAt(site);
  return useMemo(() => {
    const choice = readRangeChoice(query);
    const switches = readSwitches(query);
    return { choice, today, switches, ask: askOf(switches, resolveRange(choice, today)) };
  }, [query, today]);
}

export function writePosition({ first, middle, last }: PositionShares): string {
  return `${first}-${middle}-${last}`;
}

function readPosition(text: string | undefined): PositionShares | null {
  const [, first, middle, last] = /^(\d{1,3})-(\d{1,3})-(\d{1,3})$/.exec(text ?? "") ?? [];
  if (first === undefined) return null;
  return { first: Number(first), middle: Number(middle), last: Number(last) };
}

function isSame(one: PositionShares, other: PositionShares): boolean {
  return writePosition(one) === writePosition(other);
}

function readOrder(text: string | undefined): MarkovOrder {
  return text === "2" ? 2 : text === "3" ? 3 : 1;
}

function readNumber(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return text && Number.isFinite(value) ? value : otherwise;
}
