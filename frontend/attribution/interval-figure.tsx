import "./interval-figure.css";

import type { Interval, ModelCredit } from "#contract/attribution.ts";
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
export function IntervalFigure({ figure, credit, currency, format, href, label }: FigureProps) {
  const { value, interval, missing } = figure.read(credit);
  if (value === null)
    return missing ? <Term explanation={missingReason(missing)}>{NO_VALUE}</Term> : <>{NO_VALUE}</>;
  const short = shortFormat(figure, currency);
  const written = format?.(value) ?? figure.format(value, currency);
  const margin = interval && !credit.tooFew ? marginText(value, interval, short) : null;
  return (
    <Shown
      written={written}
      margin={margin}
      tip={tipOf(credit, interval, short)}
      isFew={credit.tooFew}
      href={href}
      label={label}
    />
  );
}

type ShownProps = Pick<FigureProps, "href" | "label"> & {
  written: string;
  margin: string | null;
  tip: string | null;
  isFew: boolean;
};

function Shown({ written, margin, tip, isFew, href, label }: ShownProps) {
  const look = isFew ? "figure figure-few" : "figure";
  const tips = tip ? tipHandlers(tip) : {};
  // What is seen must be part of what is heard (WCAG 2.5.3).
  const heard = [[written, margin].filter(Boolean).join(" "), tip].filter(Boolean).join(". ");
  const text = (
    <>
      {written}
      {margin && <span class="interval"> {margin}</span>}
    </>
  );
  if (href !== undefined)
    return (
      <a class={`${look} figure-link`} href={href} aria-label={`${label}: ${heard}`} {...tips}>
        {text}
      </a>
    );
  if (!tip) return <span class={look}>{text}</span>;
  return (
    <span class={look} tabIndex={0} role="note" aria-label={heard} {...tips}>
      {text}
    </span>
  );
}

function tipOf(
  credit: ModelCredit,
  interval: Interval | null,
  format: (value: number) => string,
): string | null {
  if (credit.tooFew) return tooFewWords(credit);
  return interval ? intervalWords(interval, format) : null;
}

function tooFewWords({ convertingJourneys }: ModelCredit): string {
  const journeys = convertingJourneys === 1 ? "journey" : "journeys";
  return `Too few: ${convertingJourneys} converting ${journeys}. Below ${TOO_FEW_BELOW}, chance decides more than the campaign.`;
}
