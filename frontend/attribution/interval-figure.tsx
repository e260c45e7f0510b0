import "./interval-figure.css";

import type { ModelCredit } from "#contract/attribution.ts";
import { missingReason } from "#frontend/analytics/kpi-view.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { Term, tipHandlers } from "#frontend/parts/tooltip.tsx";
import type { Figure } from "./figures.ts";
import { intervalWords, marginText, TOO_FEW_BELOW } from "./interval-words.ts";

type FigureProps = {
  figure: Figure;
  credit: ModelCredit;
  currency: string;
  /** Where the journeys behind the figure are listed; absent where nothing is behind it. */
  href?: string | undefined;
  /** What a reader who cannot see the table hears: "Autumn sale, Last touch". */
  label: string;
};

/** `312 ± 18`, leading to what made it; grey, with the reason, where chance says more than the figure. */
export function IntervalFigure({ figure, credit, currency, href, label }: FigureProps) {
  const { value, interval, missing } = figure.read(credit);
  if (value === null)
    return missing ? <Term explanation={missingReason(missing)}>{NO_VALUE}</Term> : <>{NO_VALUE}</>;
  const format = (amount: number) => figure.format(amount, currency);
  const tip = credit.tooFew ? tooFewWords(credit) : interval ? intervalWords(interval, format) : null;
  const shown = (
    <>
      {format(value)}
      {interval && !credit.tooFew && <span class="interval"> {marginText(value, interval, format)}</span>}
    </>
  );
  const look = credit.tooFew ? "figure figure-few" : "figure";
  const tips = tip ? tipHandlers(tip) : {};
  if (href === undefined)
    return tip ? (
      <span class={look} tabIndex={0} role="note" aria-label={`${format(value)}. ${tip}`} {...tips}>
        {shown}
      </span>
    ) : (
      <span class={look}>{shown}</span>
    );
  return (
    <a
      class={`${look} figure-link`}
      href={href}
      aria-label={`${label}: ${format(value)}. ${tip ?? ""}`}
      {...tips}
    >
      {shown}
    </a>
  );
}

function tooFewWords({ convertingJourneys }: ModelCredit): string {
  const journeys = convertingJourneys === 1 ? "journey" : "journeys";
  return `Too few: ${convertingJourneys} converting ${journeys}. Below ${TOO_FEW_BELOW}, chance decides more than the campaign.`;
}
