import { createHash } from "node:crypto";
import { makeUuidV7, uuidFromBytes } from "#core/events/uuid-v7.ts";
import { parseMinorUnits } from "#core/money/parse-minor-units.ts";
import { splitMinorUnitsEvenly } from "#core/money/split-minor-units.ts";
import type { PathLine } from "./path-file.ts";

const HOUR_MS = 3_600_000;
/** Journeys end spread over four weeks, so that the replay has days and not one spike. */
const SPREAD_HOURS = 28 * 24;

export type ReplayEvent = {
  id: string;
  at: number;
  visitor: string;
  type: "click" | "conversion";
  campaign?: string;
  conversion?: { type: string; value: string; currency: string };
};

export type ReplayBasis = {
  /** Fixed per site: ids carry it, so that a second run makes the same ids (decisions 1). Epoch ms. */
  baseMs: number;
  currency: string;
  /** Public campaign id of each token. */
  campaigns: ReadonlyMap<string, string>;
};

export type ReplayJourneys = {
  events: ReplayEvent[];
  /** Rows whose value is not in whole cents: rounded half away from zero, then shared out over their conversions. */
  roundedRows: number;
};

/**
 * The events of a path file. Each journey is a visitor whose touches lie an hour apart; a converting one ends with the
 * conversion an hour after its last touch. A row's value is rounded to whole cents once, as the row's total, and split
 * over its conversions to the cent, so that rounding never adds up over conversions.
 * Every id is made of the row's content (and of how many equal rows came before it): a changed row gives new ids, all
 * others the old ones.
 */
export function journeyEvents(lines: readonly PathLine[], basis: ReplayBasis): ReplayJourneys {
  const seen = new Map<string, number>();
  const events: ReplayEvent[] = [];
  let roundedRows = 0;
  for (const line of lines) {
    const repeat = seen.get(line.text) ?? 0;
    seen.set(line.text, repeat + 1);
    const totalMinor = parseMinorUnits(line.value, basis.currency);
    if (totalMinor === null)
      throw new Error(`Line ${line.line}: "${line.value}" is no amount of ${basis.currency}`);
    if (Math.abs(Number(line.value) * 100 - totalMinor) > 1e-6) roundedRows += 1;
    const values = line.conversions === 0 ? [] : splitMinorUnitsEvenly(totalMinor, line.conversions);
    for (let journey = 0; journey < line.conversions + line.nulls; journey += 1) {
      const seed = `${line.text}#${repeat}#${journey}`;
      events.push(...oneJourney(line.touches, { seed, valueMinor: values[journey], basis }));
    }
  }
  return { events, roundedRows };
}

type Journey = { seed: string; valueMinor: number | undefined; basis: ReplayBasis };

function oneJourney(touches: readonly string[], { seed, valueMinor, basis }: Journey): ReplayEvent[] {
  const hash = digest(seed);
  const visitor = uuidFromBytes(hash);
  const endMs =
    basis.baseMs - (hash.readUInt32BE(16) % SPREAD_HOURS) * HOUR_MS - (hash.readUInt16BE(20) % 3_600) * 1_000;
  const events: ReplayEvent[] = touches.map((token, i) => ({
    id: idOf(`${seed}#${i}`, basis),
    at: endMs - (touches.length - i) * HOUR_MS,
    visitor,
    type: "click",
    campaign: basis.campaigns.get(token) ?? token,
  }));
  if (valueMinor === undefined) return events;
  const conversion = { type: "purchase", value: (valueMinor / 100).toFixed(2), currency: basis.currency };
  return [
    ...events,
    { id: idOf(`${seed}#conversion`, basis), at: endMs, visitor, type: "conversion", conversion },
  ];
}

function idOf(seed: string, basis: ReplayBasis): string {
  return makeUuidV7(basis.baseMs, digest(seed));
}

function digest(seed: string): Buffer {
  return createHash("sha256").update(seed).digest();
}
