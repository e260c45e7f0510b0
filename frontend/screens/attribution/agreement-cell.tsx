import type { AttributionModel, AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { rangeText, shortFormat, spreadOf } from "#frontend/attribution/figures.ts";
import type { Figure } from "#frontend/attribution/figures.ts";
import { NO_VALUE } from "#frontend/format/number.ts";
import { tipHandlers } from "#frontend/parts/tooltip.tsx";
import { comparableModels, modelPoints, rangeScale } from "./range-scale.ts";
import { RangeTrack } from "./range-track.tsx";

type CellProps = {
  row: AttributionRow;
  answer: AttributionReady;
  figure: Figure;
  models: readonly AttributionModel[];
  colour: string;
};

/** "agree", or how far apart the models are, and where each lies between. */
export function AgreementCell({ row, answer, figure, models: chosen, colour }: CellProps) {
  const models = comparableModels(chosen);
  const spread = spreadOf(row, figure.key);
  if (spread === null) return <span class="muted">{NO_VALUE}</span>;
  const format = shortFormat(figure, answer.basis.currency);
  const range = rangeText(spread.low, spread.high, format);
  const tip = spread.agree
    ? `Whichever model you take: ${range}. The choice hardly matters here.`
    : `${range}, depending on the model. Look at the journeys before you decide.`;
  return (
    <span class="agreement" tabIndex={0} role="note" aria-label={tip} {...tipHandlers(tip)}>
      <RangeTrack
        scale={rangeScale(answer, figure, models)}
        spread={spread}
        points={modelPoints(row, figure, models)}
        colour={colour}
        small
      />
      <span class={spread.agree ? "agreement-words muted" : "agreement-words"}>
        {spread.agree ? "agree" : `disagree: ${range}`}
      </span>
    </span>
  );
}
