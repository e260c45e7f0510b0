import { describe, expect, test } from "vitest";
import type { JourneyPathsReady } from "#contract/journeys.ts";
import { rangeName } from "#frontend/screens/journeys/range-name.ts";
import { layOutPaths } from "#frontend/screens/journeys/sankey-layout.ts";
import { neighbour, nodeSentence } from "#frontend/screens/journeys/sankey-words.ts";
import { journeyPaths } from "#tests/browser/dashboard/fixture-journeys.ts";
import { demoState } from "#tests/browser/dashboard/fixture-state.ts";

const SIZE = { width: 1_000, height: 400 };
const pathsOf = (query: Record<string, string>): JourneyPathsReady =>
  journeyPaths(demoState(), new URLSearchParams({ by: "channel", ...query }));
const PATHS = pathsOf({});
const BACKWARDS = pathsOf({ align: "end" });

describe.each([
  { isConverting: true, paths: PATHS },
  { isConverting: false, paths: PATHS },
  { isConverting: false, paths: BACKWARDS },
])("the paths from the $paths.align, converting only: $isConverting", ({ isConverting, paths }) => {
  const drawing = layOutPaths(paths, isConverting, SIZE);

  test("stand in the column of their step, inside of the picture, without overlap", () => {
    for (const { node, x, y, height } of drawing.nodes) {
      const sameStep = drawing.nodes.filter((other) => other.node.position === node.position);
      expect(new Set(sameStep.map((other) => other.x)).size).toBe(1);
      expect([x, y].every((place) => place >= 0)).toBe(true);
      expect(y + height).toBeLessThanOrEqual(SIZE.height);
      const below = sameStep.filter((other) => other.y > y);
      for (const other of below) expect(other.y).toBeGreaterThanOrEqual(y + height);
    }
  });

  test("lose no journey: what goes on, converts, ends or leaves the picture is what came", () => {
    for (const { place, count, stubs } of drawing.nodes) {
      const onward = drawing.links.filter(({ from, to }) => (paths.align === "start" ? from : to) === place);
      const out = [...onward, ...stubs].reduce((sum, part) => sum + part.count, 0);
      expect(out).toBe(count);
    }
    expect(drawing.nodes.flatMap(({ stubs }) => stubs).some(({ kind }) => kind === "ended")).toBe(
      !isConverting,
    );
  });
});

test("one step alone is drawn at the start", () => {
  const alone = { ...PATHS, nodes: PATHS.nodes.filter(({ position }) => position === 0), links: [] };
  const { nodes, links } = layOutPaths(alone, false, SIZE);
  expect(nodes.length).toBeGreaterThan(0);
  expect(nodes.every(({ x }) => x === 8)).toBe(true);
  expect(links).toEqual([]);
  expect(layOutPaths({ ...alone, nodes: [] }, false, SIZE).nodes).toEqual([]);
});

test("arrow keys walk from step to step and stay where there is no further one", () => {
  const drawing = layOutPaths(PATHS, false, SIZE);
  const nodeAt = (place: number | null | undefined) =>
    drawing.nodes.find((drawn) => drawn.place === place) ?? null;
  const first = nodeAt(neighbour(drawing, null, "ArrowDown"));
  expect(first?.node.position).toBe(0);
  const second = nodeAt(neighbour(drawing, first, "ArrowRight"));
  expect(second?.node.position).toBe(1);
  expect(nodeAt(neighbour(drawing, second, "ArrowLeft"))?.node.position).toBe(0);
  expect(neighbour(drawing, first, "ArrowUp")).toBe(first?.place);
  expect(neighbour(drawing, first, "ArrowLeft")).toBe(first?.place);
  expect(neighbour(drawing, first, "Escape")).toBeNull();
  expect(neighbour(drawing, first, "Tab")).toBeUndefined();
  expect(first && nodeSentence(drawing, first, PATHS)).toMatch(
    /^Step 1, Paid Social: 643 journeys\. \d+ convert here, \d+ end without a conversion\. On to /,
  );
});

test("time runs from left to right also where paths are lined up at the last touch", () => {
  const drawing = layOutPaths(BACKWARDS, false, SIZE);
  const xOf = new Map(drawing.nodes.map(({ place, x }) => [place, x]));
  expect(drawing.links.every(({ from, to }) => (xOf.get(from) ?? 0) < (xOf.get(to) ?? 0))).toBe(true);
  const last = drawing.nodes.find(({ node }) => node.position === 0);
  expect(last?.x).toBe(Math.max(...xOf.values()));
  expect(last && nodeSentence(drawing, last, BACKWARDS)).toMatch(
    /^Last step, [^:]+: 643 journeys\. \d+ begin here and convert, \d+ begin here and do not convert\.$/,
  );
});

test("bars are named by their range", () => {
  expect(
    [
      { min: 3, max: 3 },
      { min: 7, max: 13 },
      { min: 30, max: null },
    ].map(rangeName),
  ).toEqual(["3", "7–13", "30+"]);
});
