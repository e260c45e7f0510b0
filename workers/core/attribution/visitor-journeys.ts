import { eligibleJourney, type Touch } from "./journey.ts";
import type { DirectRule } from "./options.ts";

/** A conversion as attribution sees it. */
export type ConversionMoment = { id: string; atMs: number };

/** All touches and conversions of one person, in any order. */
export type Visitor<C extends ConversionMoment> = { touches: readonly Touch[]; conversions: readonly C[] };

export type VisitorRules = { lookbackDays: number; direct: DirectRule; reset: boolean };

/**
 * Each conversion of a visitor, by (time, id), with its eligible journey. With `reset` a journey holds only touches later
 * than the conversion before it: two conversions in one millisecond leave the second one none.
 */
export function conversionJourneys<C extends ConversionMoment>(
  { touches, conversions }: Visitor<C>,
  { lookbackDays, direct, reset }: VisitorRules,
): { conversion: C; journey: Touch[] }[] {
  const ordered = conversions.toSorted(byTimeId);
  return ordered.map((conversion, i) => ({
    conversion,
    journey: eligibleJourney(touches, {
      convertedAtMs: conversion.atMs,
      lookbackDays,
      direct,
      resetAtMs: reset ? (ordered[i - 1]?.atMs ?? null) : null,
    }),
  }));
}

/**
 * A visitor's journey that has not converted: the touches after their last conversion, cut to the lookback before the
 * last of them, both ends included (decisions 19). Empty if there is none. Whoever asks for a range hands in no conversion
 * and no touch after its end, and takes only journeys whose last touch lies inside it.
 */
export function nullJourney(
  { touches, conversions }: Visitor<ConversionMoment>,
  { lookbackDays, direct }: Omit<VisitorRules, "reset">,
): Touch[] {
  const lastConversionMs = Math.max(...conversions.map(({ atMs }) => atMs), Number.NEGATIVE_INFINITY);
  const lastTouchMs = Math.max(...touches.map(({ atMs }) => atMs), Number.NEGATIVE_INFINITY);
  return eligibleJourney(touches, {
    convertedAtMs: lastTouchMs,
    lookbackDays,
    direct,
    resetAtMs: lastConversionMs,
  });
}

function byTimeId(a: ConversionMoment, b: ConversionMoment): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
