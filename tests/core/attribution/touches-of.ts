import type { Touch } from "#core/attribution/journey.ts";

const DAY_MS = 86_400_000;

/** A journey of these groups, a minute apart; the group "direct" is direct. */
export function touchesOf(groups: readonly string[]): Touch[] {
  return groups.map((group, i) => touch({ group, atMs: i * 60_000, id: String(i) }));
}

/** Touches of the group "a", "b", … that lie so many days before a conversion at `convertedAtMs`. */
export function touchesAged(agesDays: readonly number[], convertedAtMs: number): Touch[] {
  return agesDays.map((age, i) =>
    touch({
      group: String.fromCodePoint(97 + i),
      atMs: Math.round(convertedAtMs - age * DAY_MS),
      id: String(i),
    }),
  );
}

function touch(known: Pick<Touch, "group" | "atMs" | "id">): Touch {
  return { ...known, rank: 0, isDirect: known.group === "direct" };
}
