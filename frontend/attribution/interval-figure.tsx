import "./interval-figure.css";

import type { ModelCredit } from "#contract/attribution.ts";
import { missingReason } from "#frontend/analytics/kpi-view.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { Term, tipHandlers } from "#frontend/parts/tooltip.tsx";
import type { Figure } from "./figures.ts";
import { shortFormat } from "./figures.ts";
import { intervalWords, marginText, TOO_FEW_BELOW } from "./interval-words.ts";

type FigureProps = {
  figure: Figure;
  credit: ModelCredit;
  currency: string;
  /** As the other figures of the column are written. */
  format?: ((value: number) => string) | undefined;
  /** Where the journeys behind the figure are listed; absent where nothing is behind it. */
  href?: string | undefined;
  /** What a reader who cannot see the table hears: "Autumn sale, Last touch". */
  label: string;
};

/** `312 ± 18`, leading to what made it; grey, with the reason, where chance says more than the figure. */
export function IntervalFigure(props: FigureProps) {
  const { figure, credit, currency, href, label } = props;
  const { value, interval, missing } = figure.read(credit);
  if (value === null)
    return missing ? <Term explanation={missingReason(missing)}>{NO_VALUE}</Term> : <>{NO_VALUE}</>;
  const short = shortFormat(figure, currency);
  const written = props.format?.(value) ?? figure.format(value, currency);
  const tip = credit.tooFew ? tooFewWords(credit) : interval ? intervalWords(interval, short) : null;
  const shown = (
    <>
      {written}
      {interval && !credit.tooFew && <span class="interval"> {marginText(value, interval, short)}</span>}
    </>
  );
  const look = credit.tooFew ? "figure figure-few" : "figure";
  const tips = tip ? tipHandlers(tip) : {};
  if (href === undefined)
    return tip ? (
      <span class={look} tabIndex={0} role="note" aria-label={`${written}. ${tip}`} {...tips}>
        {shown}
      </span>
    ) : (
      <span class={look}>{shown}</span>
    );
  return (
    <a class={`${look} figure-link`} href={href} aria-label={`${label}: ${written}. ${tip ?? ""}`} {...tips}>
      {shown}
    </a>
  );
}

function tooFewWords({ convertingJourneys }: ModelCredit): string {
  const journeys = convertingJourneys === 1 ? "journey" : "journeys";
  return `Too few: ${convertingJourneys} converting ${journeys}. Below ${TOO_FEW_BELOW}, chance decides more than the campaign.`;
}
