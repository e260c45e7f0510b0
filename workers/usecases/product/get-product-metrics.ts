import type { ProductMetrics } from "#contract/product-metrics.ts";
import {
  COMPLETION_TARGET,
  ERROR_RATE_TARGET,
  isoWeek,
  PRODUCT_STEPS,
  TTFV_BARS_MS,
  TTFV_TARGET_MS,
  type ProductStep,
} from "#core/operations/product-steps.ts";
import { weekStart } from "#core/time/calendar.ts";
import { addDays } from "#core/time/site-day.ts";
import { readRequestWindow, type RequestWindowSums } from "#db/queries/operations/request-window.ts";
import { sumProductDays, type ProductSums } from "#db/queries/product/product-days.ts";
import { countTtfvBars, readUserSteps, type CohortSteps } from "#db/queries/product/user-steps.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import { noteAdminAct } from "#usecases/dead-letters/note-admin-act.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How users get to what the product is for, and whether that is as it should be (product.md §11). Noted as an admin act. */
export async function getProductMetrics(
  deps: Pick<Deps, "databases" | "clock">,
  { user, weeks }: { user: UserPrincipal; weeks: number },
): Promise<ProductMetrics> {
  const detail = { weeks };
  await noteAdminAct(deps, {
    user,
    action: "admin.product_metrics.read",
    subject: "product-metrics",
    detail,
  });
  const control = controlDatabase(deps);
  const now = deps.clock.now();
  const to = now.toISOString().slice(0, 10);
  const range = { from: addDays(weekStart(to), -7 * (weeks - 1)), to };
  const errorsTo = new Date(Math.ceil((now.getTime() + 1) / MINUTE_MS) * MINUTE_MS);
  const errorsFrom = new Date(errorsTo.getTime() - DAY_MS);
  const [cohorts, bars, sums, requests] = await Promise.all([
    readUserSteps(control, range),
    countTtfvBars(control, range),
    sumProductDays(control, range),
    readRequestWindow(control, { from: errorsFrom, to: errorsTo }),
  ]);
  const whole = cohorts.find(({ startsOn }) => startsOn === null) ?? null;
  return {
    asOf: now.toISOString(),
    range,
    countedAt: sums.countedAt,
    registered: whole?.registered ?? 0,
    steps: PRODUCT_STEPS.map((step) => showStep(whole, step)),
    ttfv: showTtfv(whole, bars),
    cohorts: mondaysOf(range).map((monday) => showCohort(monday, cohorts)),
    completion: showCompletion(sums),
    reports: { delivered: sums.reportsDelivered, mailsFailed: sums.mailsFailed },
    errors: showErrors(requests, errorsFrom),
  };
}

function showStep(whole: CohortSteps | null, step: ProductStep): ProductMetrics["steps"][number] {
  const times = whole?.steps[step] ?? null;
  const users = times?.n ?? 0;
  return { step, users, share: shareOf(users, whole?.registered ?? 0), times };
}

function showTtfv(whole: CohortSteps | null, bars: readonly number[]): ProductMetrics["ttfv"] {
  const times = whole?.steps.campaign ?? null;
  return {
    times,
    bars: bars.map((users, bar) => ({ upToMs: TTFV_BARS_MS[bar] ?? null, users })),
    target: TTFV_TARGET_MS,
    isMet: times && times.p50Ms < TTFV_TARGET_MS,
  };
}

/** The Mondays of a range that begins on one, the newest first. */
function mondaysOf({ from, to }: { from: string; to: string }): string[] {
  const mondays: string[] = [];
  for (let monday = weekStart(to); monday >= from; monday = addDays(monday, -7)) mondays.push(monday);
  return mondays;
}

function showCohort(monday: string, cohorts: readonly CohortSteps[]): ProductMetrics["cohorts"][number] {
  const cohort = cohorts.find(({ startsOn }) => startsOn === monday);
  const reached = (step: ProductStep) => cohort?.steps[step]?.n ?? 0;
  return {
    week: isoWeek(monday),
    startsOn: monday,
    registered: cohort?.registered ?? 0,
    reached: {
      site: reached("site"),
      campaign: reached("campaign"),
      event: reached("event"),
      conversion: reached("conversion"),
      report: reached("report"),
    },
    ttfv: cohort?.steps.campaign ?? null,
  };
}

function showCompletion({ campaignsCreated, campaignsCompleted }: ProductSums): ProductMetrics["completion"] {
  const rate = shareOf(campaignsCompleted, campaignsCreated);
  const isMet = rate === null ? null : rate > COMPLETION_TARGET;
  return { created: campaignsCreated, completed: campaignsCompleted, rate, target: COMPLETION_TARGET, isMet };
}

function showErrors({ requests, errors }: RequestWindowSums, since: Date): ProductMetrics["errors"] {
  const rate = shareOf(errors, requests);
  const isMet = rate === null ? null : rate < ERROR_RATE_TARGET;
  return { since: since.toISOString(), requests, errors, rate, target: ERROR_RATE_TARGET, isMet };
}

/** Null without a whole: there is nothing to be a share of. */
function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
