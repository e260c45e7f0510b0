import type { AttributionModel, AttributionReady, AttributionRow } from "#contract/attribution.ts";
import { rangeText, shortFormat, spreadOf } from "#frontend/attribution/figures.ts";
import type { Figure, FigureSpread } from "#frontend/attribution/figures.ts";
import { TOO_FEW_BELOW } from "#frontend/attribution/interval-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { locale } from "#frontend/format/locale.ts";
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

/** "agree", or how far apart the models of the columns are, and where each lies between. */
export function AgreementCell({ row, answer, figure, models: chosen, colour }: CellProps) {
  const models = comparableModels(chosen);
  const spread = spreadOf(row, figure.key, models);
  if (spread === null) return <span class="muted">{NO_VALUE}</span>;
  const format = shortFormat(figure, answer.basis.currency);
  const range = rangeText(spread.low, spread.high, format);
  const { tip, words } = verdictWords(spread.verdict, { range, judged: judgedNames(models) });
  return (
    <span class="agreement" tabIndex={0} role="note" aria-label={tip} {...tipHandlers(tip)}>
      <RangeTrack
        scale={rangeScale(answer, figure, models)}
        spread={spread}
        points={modelPoints(row, figure, models)}
        colour={colour}
        small
      />
      <span class={spread.verdict === "disagree" ? "agreement-words" : "agreement-words muted"}>{words}</span>
    </span>
  );
}

/** "Last, Linear and Markov". */
function judgedNames(models: readonly AttributionModel[]): string {
  const names = models.map((model) => modelWords(model).short);
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}

type Told = { range: string; judged: string };

function verdictWords(
  verdict: FigureSpread["verdict"],
  { range, judged }: Told,
): { tip: string; words: string } {
  switch (verdict) {
    case "agree":
      return {
        words: "agree",
        tip: `${judged}: ${range}, whichever you take. The choice hardly matters here.`,
      };
    case "disagree":
      return {
        words: `disagree: ${range}`,
        tip: `${judged}: ${range}, depending on the model. Look at the journeys before you decide.`,
      };
    case "too_few":
      return {
        words: "too few to say",
        tip: `${judged}: ${range}, made of fewer than ${TOO_FEW_BELOW} converting journeys: too few to tell models apart.`,
      };
  }
}
