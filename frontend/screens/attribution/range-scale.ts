import type { AttributionModel, AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { sumsToTotal } from "#core/attribution/models.ts";
import { spreadOf } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";

export type Scale = { min: number; max: number };
export type ModelPoint = { model: AttributionModel; value: number };

/** One scale for all groups, with 0 on it, so that the bars can be compared. */
export function rangeScale(
  answer: AttributionReady,
  figure: Figure,
  models: readonly AttributionModel[],
): Scale {
  const values = answer.rows.flatMap((row) => {
    const spread = spreadOf(row, figure.key, models);
    const ends = spread ? [spread.low, spread.high] : [];
    return [...ends, ...modelPoints(row, figure, models).map(({ value }) => value)];
  });
  const max = Math.max(0, ...values);
  const min = Math.min(0, ...values);
  return max === min ? { min, max: min + 1 } : { min, max };
}

/** What each model says of a row; models that say nothing are missing. */
export function modelPoints(
  row: AttributionRow,
  figure: Figure,
  models: readonly AttributionModel[],
): ModelPoint[] {
  return models.flatMap((model) => {
    const credit = row.credits[model];
    const value = credit ? figure.read(credit).value : null;
    return value === null ? [] : [{ model, value }];
  });
}

/** Those that share out one total: only they can be held against each other. */
export function comparableModels(models: readonly AttributionModel[]): AttributionModel[] {
  return models.filter(sumsToTotal);
}

/** Where a value lies, in percent of the width. */
export function placeOf(value: number, { min, max }: Scale): number {
  return Math.round(((value - min) / (max - min)) * 10_000) / 100;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Three to six round values for an axis. */
export function axisTicks({ min, max }: Scale, wanted = 4): number[] {
  const rough = (max - min) / wanted;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * (STEPS.find((candidate) => candidate * size >= rough) ?? 10);
  const first = Math.ceil(min / step) * step;
  const count = Math.floor((max - first) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, index) => round(first + index * step, step));
}

function round(value: number, step: number): number {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)));
  return Number(value.toFixed(digits));
}
