import { describe, expect, it } from "vitest";
import { MOST_VALUES, OTHER_VALUE } from "#core/rollup/dimensions.ts";
import { mergeDays, type PackedCounts } from "#core/rollup/merge-days.ts";
import { uniteVisitors } from "#core/rollup/unite-visitors.ts";
import { addEncoded, countVisitors, emptySketch, encodeSketch } from "#core/rollup/visitor-sketch.ts";
import { dayRuns } from "#core/time/day-runs.ts";

const PLACE = { scope: "site", dimension: "country" } as const;

/** The bytes of a sketch of these visitors, who are whole numbers below 2^32. */
function sketchOf(visitors: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(1 + visitors.length * 5);
  bytes[0] = 1;
  const view = new DataView(bytes.buffer);
  for (const [index, visitor] of visitors.entries()) view.setUint32(2 + index * 5, visitor);
  return bytes;
}

function day(values: Record<string, { sessions: number; visitors: readonly number[] }>): PackedCounts {
  const parts = Object.values(values).map(({ visitors }) => sketchOf(visitors));
  const counts = Object.values(values).map(({ sessions }) => sessions);
  const ends: number[] = [];
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.length);
  return {
    entries: Object.keys(values),
    impressions: counts.map(() => 0),
    clicks: counts.map(() => 1),
    pageviews: counts.map((sessions) => 2 * sessions),
    sessions: counts,
    sketchEnds: ends,
    sketches: Uint8Array.from(parts.flatMap((part) => [...part])),
  };
}

describe("merging days", () => {
  const monday = day({ DE: { sessions: 3, visitors: [1, 2] }, FR: { sessions: 1, visitors: [3] } });
  const tuesday = day({ FR: { sessions: 2, visitors: [3, 4] }, "": { sessions: 1, visitors: [9] } });

  it("adds what adds up and counts who came on both days once", () => {
    expect(mergeDays([monday, tuesday], PLACE)).toMatchObject({
      entries: ["FR", "DE", ""],
      sessions: [3, 3, 1],
      pageviews: [6, 6, 2],
      clicks: [2, 1, 1],
      visitors: [2, 2, 1],
    });
  });

  it("gives the same in any order", () => {
    expect(mergeDays([tuesday, monday], PLACE)).toEqual(mergeDays([monday, tuesday], PLACE));
  });

  it("packs the sketches so that each is read by its end alone", () => {
    const { sketches, sketchEnds } = mergeDays([monday, tuesday], PLACE);
    const first = emptySketch(12);
    addEncoded(first, sketches.subarray(0, sketchEnds[0]));
    expect(countVisitors(first).visitors).toBe(2);
    expect(sketchEnds.at(-1)).toBe(sketches.length);
  });

  it("keeps the values with the most visitors; the rest and the days' own rest become one, which comes last", () => {
    const many = Object.fromEntries(
      Array.from({ length: MOST_VALUES + 2 }, (_, n) => [
        `v${String(n).padStart(5, "0")}`,
        { sessions: 1, visitors: n === 0 ? [1, 2, 3] : [n + 10] },
      ]),
    );
    const rest = day({ [OTHER_VALUE]: { sessions: 5, visitors: [MOST_VALUES + 10, 7] } });
    const merged = mergeDays([rest, day(many)], PLACE);

    expect(merged.entries).toHaveLength(MOST_VALUES + 1);
    expect(merged.entries[0]).toBe("v00000");
    expect(merged.entries.at(-1)).toBe(OTHER_VALUE);
    // Two values fell out; one of their visitors was in the day's own rest as well.
    expect([merged.sessions.at(-1), merged.visitors.at(-1)]).toEqual([7, 3]);
    expect(merged.entries).not.toContain(`v0${MOST_VALUES + 1}`);
  });
});

describe("visitors of several periods", () => {
  it("are exact for one day, whatever its sketch would say", () => {
    const registers = new Uint8Array(1 + 2 ** 12).fill(1);
    registers[0] = 3;
    expect(uniteVisitors([{ span: "day", visitors: 5_000, sketch: registers }], 12)).toEqual({
      visitors: 5_000,
      margin: null,
    });
    expect(uniteVisitors([{ span: "week", visitors: 5_000, sketch: registers }], 12).margin).toBeGreaterThan(
      0,
    );
  });

  it("are none without a period, and each once over several", () => {
    const sketch = encodeSketch(emptySketch(12));
    expect(uniteVisitors([], 16)).toEqual({ visitors: 0, margin: null });
    expect(
      uniteVisitors(
        [
          { span: "day", visitors: 2, sketch: sketchOf([1, 2]) },
          { span: "day", visitors: 2, sketch: sketchOf([2, 3]) },
          { span: "week", visitors: 0, sketch },
        ],
        12,
      ),
    ).toEqual({ visitors: 3, margin: null });
  });
});

describe("runs of days", () => {
  it("join days without a gap, over the end of a month too", () => {
    expect(dayRuns(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-05"])).toEqual([
      { from: "2026-02-27", to: "2026-03-01" },
      { from: "2026-03-05", to: "2026-03-05" },
    ]);
    expect(dayRuns([])).toEqual([]);
  });
});
