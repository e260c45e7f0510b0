import type { JourneyPathsReady, JourneysReady, PathNode, TopJourney } from "#contract/journeys.ts";
import type { GroupName } from "#contract/glass-box.ts";
import { attributionReady } from "./fixture-attribution.ts";
import { BUCKETS, dice } from "./fixture-figures.ts";
import type { FixtureState } from "./fixture-state.ts";

type Query = URLSearchParams;

const NONE: GroupName = { kind: "none", key: null, name: "" };

function groupsOf(by: string): GroupName[] {
  const named = BUCKETS.filter(({ id }) => by !== "campaign" || id !== null).map(
    ({ id, name, channel }): GroupName => ({
      kind: "group",
      key: by === "campaign" ? id : channel,
      name: by === "campaign" ? name : channel,
    }),
  );
  return by === "campaign" ? [...named, NONE] : named;
}

function headOf(state: FixtureState, query: Query) {
  const { siteId, by, range, basis, totals } = attributionReady(state, query);
  return { head: { siteId, by, range, basis }, totals };
}

/** `GET /sites/:id/journeys`: ways, with the others and the unattributed, add up to the total. */
export function journeys(state: FixtureState, query: Query): JourneysReady {
  const { head, totals } = headOf(state, query);
  const { conversions, revenueMinor } = totals;
  const perConversion = Math.floor(revenueMinor / conversions);
  const credit = (count: number) => ({ conversions: count, revenueMinor: count * perConversion });
  const groups = groupsOf(head.by);
  const counts = Array.from({ length: 14 }, (_, index) => Math.round((conversions * 0.2) / (index + 1)));
  const top = counts.map((count, index): TopJourney => {
    const steps = index === 7 ? 0 : 1 + Math.floor(dice(`steps ${index}`) * 4);
    const nullJourneys = steps === 0 ? 0 : Math.round(count * (3 + 8 * dice(`null ${index}`)));
    return {
      path: Array.from(
        { length: steps },
        (_, at) => groups[Math.floor(dice(`step ${index} ${at}`) * groups.length)] ?? NONE,
      ),
      isShortened: false,
      touchpoints: steps * 1.3,
      ...credit(count),
      nullJourneys,
      conversionRate: steps === 0 ? null : count / (count + nullJourneys),
    };
  });
  const listed = top.reduce((sum, way) => sum + way.conversions, 0);
  const rest = conversions - listed;
  const distribution = (parts: readonly number[], step: (index: number) => [number, number | null]) =>
    parts.map((part, index) => {
      const [min, max] = step(index);
      return { min, max, ...credit(Math.round(conversions * part)) };
    });
  return {
    status: "ready",
    ...head,
    totals: {
      conversions,
      revenueMinor,
      unattributed: credit(counts[7] ?? 0),
      nullJourneys: conversions * 5,
    },
    top,
    otherWays: {
      conversions: rest,
      revenueMinor: revenueMinor - listed * perConversion,
      ways: 214,
      nullJourneys: conversions,
    },
    lengths: distribution(
      [0.38, 0.24, 0.15, 0.09, 0.05, 0.03, 0.02, 0.015, 0.01, 0.005, 0.004, 0.003, 0.003],
      (i) => [i + 1, i === 12 ? null : i + 1],
    ),
    lagFromFirst: distribution([0.34, 0.12, 0.08, 0.07, 0.05, 0.05, 0.04, 0.14, 0.08, 0.03], lagStep),
    lagFromLast: distribution([0.71, 0.1, 0.05, 0.03, 0.02, 0.02, 0.01, 0.04, 0.015, 0.005], lagStep),
    medianLagFromFirstMs: 3.4 * 86_400_000,
    medianLagFromLastMs: 22 * 60_000,
    assisted: groups.map((group, index) => {
      const [first, last] = [Math.round(240 * dice(`f${index}`)), Math.round(260 * dice(`l${index}`))];
      const assists = Math.round(300 * dice(`a${index}`));
      return {
        ...group,
        first: credit(first),
        last: credit(last),
        assists: credit(assists),
        assistRatio: last === 0 ? null : assists / last,
      };
    }),
    matrix: {
      groups,
      cells: groups.flatMap((_, first) =>
        groups.flatMap((_other, last) => {
          const count = Math.round(
            first === last ? 40 + 60 * dice(`m${first}`) : 34 * dice(`m${first} ${last}`) - 6,
          );
          return count > 0 ? [{ first, last, ...credit(count) }] : [];
        }),
      ),
    },
  };
}

function lagStep(index: number): [number, number | null] {
  if (index < 7) return [index, index];
  return index === 7 ? [7, 13] : index === 8 ? [14, 29] : [30, null];
}

/** `GET /sites/:id/journeys/paths`; backwards it is the same picture seen in a mirror. */
export function journeyPaths(state: FixtureState, query: Query): JourneyPathsReady {
  const forwards = pathsFromStart(state, query);
  if (query.get("align") !== "end") return forwards;
  return {
    ...forwards,
    align: "end",
    links: forwards.links.map((link) => ({ ...link, from: link.to, to: link.from })),
  };
}

/** Five steps, each with fewer journeys than the one before. */
function pathsFromStart(state: FixtureState, query: Query): JourneyPathsReady {
  const { head, totals } = headOf(state, query);
  const places = [...groupsOf(head.by).slice(0, 6), { kind: "other" as const, key: null, name: "" }];
  const nodes: PathNode[] = [];
  const links: JourneyPathsReady["links"] = [];
  let column = places.map((place, at) => {
    const journeys = Math.round(900 / (at + 1.4));
    return { place, journeys, converting: Math.round(journeys * (0.16 + 0.1 * dice(`c${at}`))) };
  });
  for (let position = 0; position < 5; position += 1) {
    const offset = nodes.length;
    const next = places.map((place) => ({ place, journeys: 0, converting: 0 }));
    const nextOffset = offset + column.length;
    for (const [at, { place, journeys, converting }] of column.entries()) {
      const endsConverting = Math.round(converting * 0.45);
      const endsNull = Math.round((journeys - converting) * 0.62);
      const onward = {
        journeys: journeys - endsConverting - endsNull,
        converting: converting - endsConverting,
      };
      const isLast = position === 4;
      nodes.push({
        position,
        ...place,
        journeys,
        converting,
        endsConverting,
        endsNull,
        goesOn: isLast ? onward.journeys : 0,
        revenueMinor: converting * 6_700,
      });
      if (!isLast) spread(onward, at, { next, offset, nextOffset, links });
    }
    column = next;
  }
  return {
    status: "ready",
    ...head,
    positions: 5,
    top: 6,
    align: "start",
    totals: {
      conversions: totals.conversions,
      revenueMinor: totals.revenueMinor,
      unattributed: { conversions: 6, revenueMinor: 41_230 },
      nullJourneys: totals.conversions * 5,
    },
    nodes,
    links,
  };
}

type Spread = {
  next: { journeys: number; converting: number }[];
  offset: number;
  nextOffset: number;
  links: JourneyPathsReady["links"];
};

/** What goes on is shared by the next step's places; whole journeys, the rest to the first. */
function spread(
  onward: { journeys: number; converting: number },
  at: number,
  { next, offset, nextOffset, links }: Spread,
) {
  const weights = next.map((_, to) => 0.2 + dice(`w ${at} ${to} ${offset}`) / (to + 1));
  const sum = weights.reduce((one, other) => one + other, 0);
  const part = (whole: number, to: number) => Math.floor((whole * (weights[to] ?? 0)) / sum);
  const restOf = (whole: number) => whole - next.reduce((given, _, to) => given + part(whole, to), 0);
  for (const [to, target] of next.entries()) {
    const journeys = part(onward.journeys, to) + (to === 0 ? restOf(onward.journeys) : 0);
    const converting = part(onward.converting, to) + (to === 0 ? restOf(onward.converting) : 0);
    target.journeys += journeys;
    target.converting += converting;
    if (journeys > 0) links.push({ from: offset + at, to: nextOffset + to, journeys, converting });
  }
}
