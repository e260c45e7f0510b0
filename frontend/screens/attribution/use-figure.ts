import type { Attribution, Credit } from "#contract/attribution.ts";
import type { CreditedJourneys } from "#contract/glass-box.ts";
import type { Site } from "#contract/sites.ts";
import { paths } from "#frontend/api/paths.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { useComputed } from "#frontend/attribution/use-computed.ts";
import type { FigureAsked } from "./figure-asked.ts";

type Asked = { site: Site; view: AttributionView; asked: FigureAsked; answer: CreditedJourneys | undefined };

/** What the lines add up to; where they cannot (Markov, very many), the workbench is asked for its figure. */
export function useFigure({ site, view, asked, answer }: Asked): Credit | null {
  const isUntold = answer !== undefined && answer.total === null;
  const { value } = useComputed<Attribution>(isUntold ? paths.attribution(site.id, view.ask) : null);
  if (answer?.total) return answer.total;
  if (value?.status !== "ready") return null;
  const row = value.rows.find(({ kind, key }) => kind === asked.kind && key === asked.key);
  return row?.credits[asked.model] ?? null;
}
