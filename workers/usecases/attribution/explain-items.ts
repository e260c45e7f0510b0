import type { CreditedItem } from "#contract/glass-box.ts";
import {
  explainItem,
  sumTouchCredit,
  type ExplainedTouch,
  type ExplainQuestion,
} from "#core/attribution/explain-item.ts";
import { MAX_LOOKBACK_DAYS, resets } from "#core/attribution/options.ts";
import type { Database } from "#db/database.ts";
import type { CreditedItemRow, GroupOfCredit } from "#db/queries/attribution/credited-items.ts";
import {
  loadItemTouchpoints,
  type ItemFacts,
  type ItemTouchpoint,
} from "#db/queries/attribution/item-touchpoints.ts";
import type { CreditedJourneysInput } from "./get-credited-journeys.ts";
import { loadGroupNames, type NameGroup } from "./group-names.ts";
import { showTouchpoint, touchOf, type FactTouch } from "./show-touchpoint.ts";

/** The latest contacts of an item that are shown; what came before is summed. */
const MOST_TOUCHPOINTS = 100;

type Explaining = {
  input: CreditedJourneysInput;
  rows: readonly CreditedItemRow[];
  group: GroupOfCredit;
};

/** The items of a page with their contacts: which count, what each gets, and why the others do not. */
export async function explainItems(
  db: Database,
  { input, rows, group }: Explaining,
): Promise<CreditedItem[]> {
  const { siteId } = input.site;
  const { by } = input;
  const itemIds = rows.map(({ itemId }) => itemId);
  const found = await loadItemTouchpoints(db, { siteId, itemIds, lookbackDays: MAX_LOOKBACK_DAYS, by });
  const nameGroup = await loadGroupNames(db, { siteId, by, keys: found.touchpoints.map(({ key }) => key) });
  const facts = new Map(found.items.map((item) => [item.itemId, item]));
  const touchpoints = byItem(found.touchpoints);
  return rows.flatMap((row) => {
    const item = facts.get(row.itemId);
    // What was erased since the page was read has nothing to explain.
    if (!item) return [];
    return [showItem({ row, item, touchpoints: touchpoints.get(row.itemId) ?? [], input, group, nameGroup })];
  });
}

function byItem(touchpoints: readonly ItemTouchpoint[]): Map<string, ItemTouchpoint[]> {
  const items = new Map<string, ItemTouchpoint[]>();
  for (const touchpoint of touchpoints) {
    const own = items.get(touchpoint.itemId);
    if (own) own.push(touchpoint);
    else items.set(touchpoint.itemId, [touchpoint]);
  }
  return items;
}

type ItemToShow = {
  row: CreditedItemRow;
  item: ItemFacts;
  touchpoints: readonly ItemTouchpoint[];
  input: CreditedJourneysInput;
  group: GroupOfCredit;
  nameGroup: NameGroup;
};

function showItem({ row, item, touchpoints, input, group, nameGroup }: ItemToShow): CreditedItem {
  const convertedAtMs = item.convertedAtMs ?? row.atMs;
  const shared = {
    conversions: row.isRefund ? 0 : 1,
    beforeMinor: row.beforeMinor,
    afterMinor: row.afterMinor,
  };
  const explained = explainItem(touchpoints.map(touchOf), shared, questionOf(input, item));
  const shown = explained.slice(-MOST_TOUCHPOINTS);
  return {
    kind: row.isRefund ? "refund" : "conversion",
    id: row.itemId,
    conversionId: row.conversionId,
    at: new Date(row.atMs).toISOString(),
    convertedAt: item.convertedAtMs === null ? null : new Date(item.convertedAtMs).toISOString(),
    type: item.type,
    orderId: item.orderId,
    valueMinor: row.afterMinor - row.beforeMinor,
    withoutRate: row.withoutRate,
    credited: input.model === "markov" ? null : { conversions: row.conversions, revenueMinor: row.minor },
    touchpoints: shown.map((touch) => ({
      ...showTouchpoint(touch, { convertedAtMs, nameGroup }),
      credit: touch.credit,
      isOfGroup: touch.exclusion === null && isOf(touch.touch, group),
    })),
    leftOut: leftOut(explained.slice(0, -MOST_TOUCHPOINTS)),
  };
}

function questionOf({ model, options }: CreditedJourneysInput, item: ItemFacts): ExplainQuestion {
  const { lookbackDays, direct } = options;
  return {
    model: model === "markov" ? null : model,
    options,
    rules: {
      convertedAtMs: item.convertedAtMs ?? 0,
      lookbackDays,
      direct,
      resetAtMs: resets(model, options) ? item.previousAtMs : null,
    },
  };
}

function isOf({ facts }: FactTouch, group: GroupOfCredit): boolean {
  switch (group.kind) {
    case "group":
      return facts.key === group.key;
    case "other":
      return facts.key !== null && !group.named.includes(facts.key);
    case "none":
      return facts.key === null;
    case "unattributed":
      return false;
  }
}

function leftOut(touches: readonly ExplainedTouch<FactTouch>[]): CreditedItem["leftOut"] {
  if (touches.length === 0) return null;
  return { touchpoints: touches.length, ...sumTouchCredit(touches.map(({ credit }) => credit)) };
}
