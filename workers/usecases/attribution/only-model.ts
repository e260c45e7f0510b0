import type { AttributionReady } from "#contract/attribution.ts";
import type { Model } from "#core/attribution/models.ts";
import { byWorth } from "./attribution-rows.ts";

/**
 * One model of an answer that has all: its credits, the rows in its order, and why it has no figures where it has none.
 * The totals are the same under every model and stay; a spread over models there is none.
 */
export function onlyModel(answer: AttributionReady, model: Model): AttributionReady {
  return {
    ...answer,
    models: answer.models.filter((one) => one === model),
    absent: answer.absent.filter((one) => one.model === model),
    check: model === "markov" ? answer.check : null,
    rows: answer.rows
      .map(({ credits, ...row }) => {
        const own = credits[model];
        return { ...row, credits: own === undefined ? {} : { [model]: own }, spread: null };
      })
      .toSorted(byWorth(model)),
  };
}
