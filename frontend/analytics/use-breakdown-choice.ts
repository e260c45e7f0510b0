import type { Dimension } from "#core/rollup/dimensions.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { breakdownTabs, readFilter, writeFilter } from "./breakdown-dimensions.ts";
import type { BreakdownFilter, BreakdownTab } from "./breakdown-dimensions.ts";

export type BreakdownChoice = {
  tabs: readonly BreakdownTab[];
  tab: BreakdownTab;
  dimension: Dimension;
  filter: BreakdownFilter | null;
  choose: (dimension: Dimension) => void;
  /** Narrows the panel to a value of its dimension; null where a row is no filter. */
  narrow: ((value: string) => void) | null;
  widen: () => void;
};

const FIRST: Dimension = "utm_source";
const FIRST_TAB: BreakdownTab = { key: "sources", label: "Sources", dimensions: [FIRST] };

/** Which dimension is looked at and what it is narrowed to, as the URL says; on a campaign's page it is that campaign. */
export function useBreakdownChoice(campaignId: string | undefined): BreakdownChoice {
  const [query, setQuery] = useQuery();
  const fixed: BreakdownFilter | null = campaignId ? { by: "campaign", value: campaignId } : null;
  const filter = fixed ?? readFilter(query.only);
  const tabs = breakdownTabs(filter?.by ?? null);
  const { tab, dimension } = placeOf(tabs, query.cut);
  const by = dimension === "channel" || dimension === "campaign" ? dimension : null;
  return {
    tabs,
    tab,
    dimension,
    filter,
    choose: (next) => setQuery({ cut: next === FIRST ? null : next }, true),
    narrow: fixed || !by ? null : (value) => setQuery({ only: writeFilter({ by, value }), cut: null }, true),
    widen: () => setQuery({ only: null }, true),
  };
}

/** The tab and dimension that a word of the URL names; the first ones for any other word. */
function placeOf(
  tabs: readonly BreakdownTab[],
  cut: string | undefined,
): Pick<BreakdownChoice, "tab" | "dimension"> {
  for (const tab of tabs) {
    const dimension = tab.dimensions.find((name) => name === cut);
    if (dimension) return { tab, dimension };
  }
  return { tab: tabs[0] ?? FIRST_TAB, dimension: FIRST };
}
