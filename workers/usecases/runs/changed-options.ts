import type { RunQuestion } from "#db/queries/runs/run-record.ts";

/** What two runs were asked differently, by the names that people know it by. */
export function changedOptions(before: RunQuestion, after: RunQuestion): string[] {
  const [a, b] = [told(before), told(after)];
  return Object.keys(a).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}

function told({ from, to, options, type, customer, currency }: RunQuestion): Record<string, unknown> {
  const { lookbackDays, direct, reset, position, halfLifeDays, markov } = options;
  return {
    range: [from, to],
    lookbackDays,
    direct,
    reset,
    position: [position.first, position.middle, position.last],
    halfLifeDays,
    markov: [markov.order, markov.nullJourneys],
    type,
    customer,
    currency,
  };
}
