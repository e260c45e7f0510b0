import type { Journey, TimelineTouchpoint } from "#contract/glass-box.ts";
import type { AttributionModel } from "#contract/attribution.ts";
import { explainItem, type ExplainedTouch } from "#core/attribution/explain-item.ts";
import type { JourneyModel } from "#core/attribution/journey-shares.ts";
import { MODELS } from "#core/attribution/models.ts";
import { MAX_LOOKBACK_DAYS, resets } from "#core/attribution/options.ts";
import { fail, ok, type Result } from "#core/result.ts";
import {
  loadItemTouchpoints,
  type ItemFacts,
  type ItemTouchpoint,
} from "#db/queries/attribution/item-touchpoints.ts";
import { loadJourneyTraces, type JourneyTraces } from "#db/queries/attribution/journey-traces.ts";
import type { AnalyticsDeps } from "#usecases/analytics/analytics-input.ts";
import type { SiteRef } from "#usecases/sites/site-ref.ts";
import type { AttributionQuestion } from "./attribution-question.ts";
import { numberDevices, type Devices } from "./journey-devices.ts";
import { loadGroupNames, type NameGroup } from "./group-names.ts";
import { showTouchpoint, touchOf, type FactTouch } from "./show-touchpoint.ts";

export type JourneyInput = Pick<AttributionQuestion, "by" | "options"> & {
  site: Pick<SiteRef, "siteId" | "publicId" | "database" | "currency">;
  conversionId: string;
};

/** Every model that shares out single journeys. */
const JOURNEY_MODELS = MODELS.filter((model): model is JourneyModel => model !== "markov");

/** One conversion and the way to it: every contact, what each model gives it or why it does not count, and the visits between. */
export async function getJourney(
  deps: Pick<AnalyticsDeps, "databases">,
  { site, conversionId, by, options }: JourneyInput,
): Promise<Result<Journey, { kind: "not_found" }>> {
  const db = deps.databases.named(site.database);
  const { siteId } = site;
  const lookbackDays = MAX_LOOKBACK_DAYS;
  const [traces, found] = await Promise.all([
    loadJourneyTraces(db, { siteId, conversionId, lookbackDays }),
    loadItemTouchpoints(db, { siteId, itemIds: [conversionId], lookbackDays, by }),
  ]);
  const [item] = found.items;
  if (!traces || !item) return fail({ kind: "not_found" });
  const nameGroup = await loadGroupNames(db, { siteId, by, keys: found.touchpoints.map(({ key }) => key) });
  const devices = numberDevices(traces);
  const view = { item, options, nameGroup, devices };
  const touchpoints = showTouchpoints(found.touchpoints, view);
  const previous = item.previousAtMs;
  return ok({
    siteId: site.publicId,
    by,
    currency: site.currency,
    conversion: {
      ...showConversion(conversionId, traces),
      isUnattributed: touchpoints.every(({ exclusion }) => exclusion !== null),
    },
    previousConversionAt: previous === null ? null : instant(previous),
    refunds: traces.refunds.map(({ atMs, ...refund }) => ({ ...refund, at: instant(atMs) })),
    devices: devices.shown,
    identified: traces.identifications.map(({ atMs, visitorId }) => ({
      at: instant(atMs),
      device: devices.numberOf(visitorId),
    })),
    touchpoints,
    visits: traces.visits.map((visit) => showVisit(visit, devices)),
  });
}

function showConversion(
  id: string,
  { conversion }: JourneyTraces,
): Omit<Journey["conversion"], "isUnattributed"> {
  const { atMs, visitorId: _visitor, ...facts } = conversion;
  return { id, at: instant(atMs), ...facts };
}

function showVisit(visit: JourneyTraces["visits"][number], devices: Devices): Journey["visits"][number] {
  return {
    startedAt: instant(visit.startedAtMs),
    endedAt: instant(visit.endedAtMs),
    device: devices.numberOf(visit.visitorId),
    pageviews: visit.pageviews,
    events: visit.events,
    landingPage: visit.landingPage,
    pages: visit.pages.map(({ atMs, page }) => ({ at: instant(atMs), page })),
  };
}

type View = {
  item: ItemFacts;
  options: AttributionQuestion["options"];
  nameGroup: NameGroup;
  devices: Devices;
};

/** Judged under the rules of rule models, whose default differs from that of Shapley only where `reset` is left open. */
function showTouchpoints(facts: readonly ItemTouchpoint[], view: View): TimelineTouchpoint[] {
  const touches = facts.map(touchOf);
  const judged = explain(touches, view, null);
  const credits = JOURNEY_MODELS.map((model) => ({ model, touches: explain(touches, view, model) }));
  const convertedAtMs = view.item.convertedAtMs ?? 0;
  return judged.map((touch, i) => ({
    ...showTouchpoint(touch, { convertedAtMs, nameGroup: view.nameGroup }),
    device: view.devices.ofTouchpoint(touch.touch.facts),
    credits: Object.fromEntries(
      credits.flatMap(({ model, touches: ofModel }): [AttributionModel, object][] => {
        const credit = ofModel[i]?.credit;
        return credit ? [[model, credit]] : [];
      }),
    ),
  }));
}

function explain(
  touches: readonly FactTouch[],
  { item, options }: View,
  model: JourneyModel | null,
): ExplainedTouch<FactTouch>[] {
  const { lookbackDays, direct } = options;
  return explainItem(
    touches,
    { conversions: 1, beforeMinor: 0, afterMinor: item.afterMinor },
    {
      model,
      options,
      rules: {
        convertedAtMs: item.convertedAtMs ?? 0,
        lookbackDays,
        direct,
        resetAtMs: resets(model ?? "last", options) ? item.previousAtMs : null,
      },
    },
  );
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
