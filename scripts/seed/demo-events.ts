import { systemIds } from "#platform/ids.ts";
import { DEMO_BASKETS, DEMO_CAMPAIGNS, DEMO_PAGES, DEMO_SOURCES, type DemoSource } from "./demo-plan.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
export const DEMO_DAYS = 62;
const SHOP = "https://harbour-coffee.example";

export type DemoEvent = { id: string; at: number; type: string; [field: string]: unknown };

type Visit = { visitor: string; at: number; source: DemoSource; daysAgo: number };
type Maker = { random: SeededRandom; nowMs: number; events: DemoEvent[]; orders: number };

/** Two months of a small coffee shop, oldest first: visits that come back, orders, a few refunds, ads seen. */
export function demoEvents(nowMs: number): DemoEvent[] {
  const maker: Maker = { random: seededRandom(20_261), nowMs, events: [], orders: 0 };
  for (let daysAgo = DEMO_DAYS - 1; daysAgo >= 0; daysAgo -= 1) addDay(maker, daysAgo);
  return maker.events.filter(({ at }) => at < nowMs);
}

function addDay(maker: Maker, daysAgo: number): void {
  const weekday = new Date(maker.nowMs - daysAgo * DAY_MS).getUTCDay();
  const growth = 1 + (DEMO_DAYS - daysAgo) / 130;
  const visitors = Math.round(
    maker.random.between(23, 31) * growth * (weekday === 0 || weekday === 6 ? 0.75 : 1),
  );
  for (let i = 0; i < visitors; i += 1) addVisitor(maker, daysAgo);
  addImpressions(maker, daysAgo);
}

/** A visitor comes once or several times, by different ways: what attribution is there for. */
function addVisitor(maker: Maker, firstDaysAgo: number): void {
  const { random } = maker;
  const visitor = systemIds.uuid7(new Date(maker.nowMs - firstDaysAgo * DAY_MS));
  let daysAgo = firstDaysAgo;
  for (let visits = 0; visits < 5 && daysAgo >= 0; visits += 1) {
    const source = random.pick(DEMO_SOURCES.filter((candidate) => isRunning(candidate, daysAgo)));
    const at = maker.nowMs - daysAgo * DAY_MS - (random.between(0, 900) - 120) * MINUTE_MS;
    const hasBought = addVisit(maker, { visitor, at, source, daysAgo });
    if (hasBought || !random.isLikely(0.38)) return;
    daysAgo -= random.between(1, 6);
  }
}

function isRunning({ campaign }: DemoSource, daysAgo: number): boolean {
  const flight = DEMO_CAMPAIGNS.find(({ name }) => name === campaign);
  return (
    campaign === undefined || (flight !== undefined && daysAgo <= flight.startDay && daysAgo >= flight.endDay)
  );
}

function addVisit(maker: Maker, { visitor, at, source }: Visit): boolean {
  const { random, events } = maker;
  const pageviews = random.between(1, 4);
  for (let i = 0; i < pageviews; i += 1) {
    const path = i === 0 ? "/" : (DEMO_PAGES[random.between(0, DEMO_PAGES.length - 1)] ?? "/");
    const isLanding = i === 0;
    events.push({
      ...stamp(at + i * random.between(1, 3) * MINUTE_MS),
      type: "pageview",
      visitor,
      url: `${SHOP}${path}${isLanding && source.query ? `?${source.query}` : ""}`,
      ...(isLanding && source.referrer ? { referrer: source.referrer } : {}),
      ...(isLanding ? {} : { referrer: `${SHOP}/` }),
    });
  }
  if (!random.isLikely(source.conversionRate * 1.6)) return false;
  addOrder(maker, { visitor, at: at + 15 * MINUTE_MS, source });
  return true;
}

function addOrder(maker: Maker, { visitor, at, source }: Omit<Visit, "daysAgo">): void {
  const { random, events } = maker;
  maker.orders += 1;
  const orderId = `HC-${10_000 + maker.orders}`;
  const value = (random.pick(DEMO_BASKETS).valueMinor / 100).toFixed(2);
  const promoCode = source.promoCode && random.isLikely(0.6) ? { promoCode: source.promoCode } : {};
  const conversion = { type: "purchase", value, currency: "EUR", orderId, ...promoCode };
  events.push({ ...stamp(at), type: "conversion", visitor, url: `${SHOP}/thank-you`, conversion });
  if (random.isLikely(0.03)) events.push({ ...stamp(at + 2 * DAY_MS), type: "refund", refund: { orderId } });
}

/** Ads that were shown carry no visitor: nobody is followed for having looked. */
function addImpressions({ random, nowMs, events }: Maker, daysAgo: number): void {
  if (!isRunning({ campaign: "Stories: first cup", weight: 0, conversionRate: 0 }, daysAgo)) return;
  for (let i = random.between(25, 40); i > 0; i -= 1) {
    const at = nowMs - daysAgo * DAY_MS - random.between(0, 900) * MINUTE_MS;
    events.push({ ...stamp(at), type: "impression", campaign: "Stories: first cup" });
  }
}

function stamp(at: number): { id: string; at: number } {
  return { id: systemIds.uuid7(new Date(at)), at };
}
