import type { JourneysReady } from "#contract/journeys.ts";
import { durationWords } from "#frontend/attribution/duration-words.ts";
import { formatMoneyShort } from "#frontend/format/money.ts";
import { formatCount, formatShare, NO_VALUE } from "#frontend/format/number.ts";
import { Term } from "#frontend/parts/tooltip.tsx";
import { sumOf } from "#frontend/analytics/totals.ts";

type Fact = { label: string; explanation: string; value: string; sub: string };

/** Four figures that say what kind of business this is. */
export function JourneyFacts({ journeys }: { journeys: JourneysReady }) {
  return (
    <dl class="journey-facts">
      {factsOf(journeys).map(({ label, explanation, value, sub }) => (
        <div key={label} class="journey-fact">
          <dt>
            <Term explanation={explanation}>{label}</Term>
          </dt>
          <dd>
            <span class="journey-value num">{value}</span>
            <span class="journey-sub">{sub}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(journeys: JourneysReady): Fact[] {
  const { totals, lengths, medianLagFromFirstMs, medianLagFromLastMs, basis } = journeys;
  const journeysInAll = totals.conversions + totals.nullJourneys;
  const withTouch = sumOf(lengths, ({ conversions }) => conversions);
  const single = sumOf(
    lengths.filter(({ max }) => max === 1),
    ({ conversions }) => conversions,
  );
  const lag = (ms: number | null) => (ms === null ? NO_VALUE : durationWords(ms));
  return [
    {
      label: "Conversions",
      explanation: "All of these days, the unattributed too: the same number as in the workbench.",
      value: formatCount(totals.conversions),
      sub: `${formatMoneyShort(totals.revenueMinor, basis.currency)} revenue`,
    },
    {
      label: "Journeys that converted",
      explanation: "Of all journeys that ended on these days, with or without a conversion.",
      value: formatShare(journeysInAll === 0 ? null : totals.conversions / journeysInAll),
      sub: `${formatCount(totals.nullJourneys)} did not`,
    },
    {
      label: "Need more than one touch",
      explanation: "Where models differ: with a single touch all of them say the same.",
      value: formatShare(withTouch === 0 ? null : 1 - single / withTouch),
      sub: "of conversions with a touch",
    },
    {
      label: "Time to convert",
      explanation: "Half of the conversions come sooner after their first touch, half later.",
      value: lag(medianLagFromFirstMs),
      sub: `${lag(medianLagFromLastMs)} from the last touch`,
    },
  ];
}
