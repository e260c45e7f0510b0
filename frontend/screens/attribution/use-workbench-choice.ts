import type { AttributionModel } from "#contract/attribution.ts";
import { readModels, writeModels } from "#frontend/attribution/attribution-view.ts";
import { figureOf } from "#frontend/attribution/figures.ts";
import type { Figure, FigureKey } from "#frontend/attribution/figures.ts";
import { useQuery } from "#frontend/state/use-query.ts";

export type WorkbenchChoice = {
  figure: Figure;
  models: readonly AttributionModel[];
  /** The group that stands out, when another page leads here because of it. */
  highlight: string | null;
  chooseFigure: (key: FigureKey) => void;
  toggleModel: (model: AttributionModel) => void;
};

/** What of the answer is shown; in the URL, like all the rest. */
export function useWorkbenchChoice(): WorkbenchChoice {
  const [query, setQuery] = useQuery();
  const models = readModels(query.models);
  return {
    figure: figureOf(query.figure),
    models,
    highlight: query.highlight ?? null,
    chooseFigure: (key) => setQuery({ figure: key === "conversions" ? null : key }, true),
    toggleModel: (model) => {
      const next = models.includes(model) ? models.filter((other) => other !== model) : [...models, model];
      // A table without a model would say nothing.
      if (next.length > 0) setQuery({ models: writeModels(next) }, true);
    },
  };
}
