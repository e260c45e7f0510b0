import { describe, expect, it } from "vitest";
import { differences } from "#tests/workers/guides/compare-answer.ts";
import { blocksOf, placeOf, readDocBlocks } from "#tests/workers/guides/doc-blocks.ts";
import { moveTime, weeksSinceWritten } from "#tests/workers/guides/move-time.ts";
import { wayOf } from "#tests/workers/guides/way-of-block.ts";

const blocks = await readDocBlocks();
const notRun = blocks.filter((block) => wayOf(block) === "not-run");

describe("an answer is what the guide shows", () => {
  it.each([
    ["a text", { a: "x" }, { a: "y" }],
    ["a number", { a: 1 }, { a: 2 }],
    ["a missing member", { a: 1, b: 2 }, { a: 1 }],
    ["a member that is not shown", { a: 1 }, { a: 1, b: 2 }],
    ["a longer list", { a: [1] }, { a: [1, 2] }],
    ["a list that is none", { a: [1, "…"] }, { a: { 0: 1 } }],
    ["another beginning", { a: "cmp_…" }, { a: "site_1" }],
    ["null", { a: { b: 1 } }, { a: null }],
  ])("not with %s", (_, shown, actual) => {
    expect(differences(shown, actual)).toHaveLength(1);
  });

  it("with whatever stands where it leaves something out", () => {
    const shown = { id: "cmp_…", list: [1, "…"], kept: { a: 1, "…": "…" }, any: "…" };
    const actual = { id: "cmp_1", list: [1, 2, 3], kept: { a: 1, b: 2 }, any: { deep: [] } };

    expect(differences(shown, actual)).toEqual([]);
  });
});

describe("the time of the guides", () => {
  const TEXT = `2026-11-10, 2026-11-28T20:58:41.048Z, "at": 1794300000000, 01a1c49d-3700-7000-8000-000000000011`;

  it("moves by whole weeks, days, instants, epoch milliseconds and event ids alike, and back", () => {
    const moved = moveTime(TEXT, 10);

    expect(moved).toContain("2027-01-19, 2027-02-06T20:58:41.048Z");
    const [, at = ""] = /"at": (\d+)/.exec(moved) ?? [];
    const [, high = "", low = ""] = /, (\w{8})-(\w{4})-7000/.exec(moved) ?? [];
    expect(Number(at)).toBe(1_794_300_000_000 + 70 * 86_400_000);
    expect(Number.parseInt(high + low, 16) - 0x01a1c49d3700).toBe(70 * 86_400_000);
    expect(moveTime(moved, -10)).toBe(TEXT);
  });

  it("never lies ahead", () => {
    const written = Date.UTC(2026, 10, 28);
    expect([written - 1, written, written + 20 * 86_400_000].map(weeksSinceWritten)).toEqual([0, 0, 2]);
  });
});

it("a block in a list is read without its indent, and one without an end is an error", () => {
  const [block] = blocksOf("x.md", "1. Paste:\n\n   ```js run\n   one();\n     two();\n   ```\n");
  expect(block).toMatchObject({ line: 3, language: "js", marks: { run: "" }, code: "one();\n  two();\n" });
  expect(() => blocksOf("x.md", "```sh\nnpm test\n")).toThrow("has no end");
});

it("every block of code runs (mark it run), or says why it cannot (mark it not-run with the reason)", () => {
  const unmarked = blocks.filter((block) => wayOf(block) === undefined);
  const silent = notRun.filter(({ marks }) => !/\w+ \w+/.test(marks["not-run"] ?? ""));

  expect([...unmarked, ...silent].map((block) => `${placeOf(block)} (${block.language})`)).toEqual([]);
});

it.each(notRun.map((block) => [placeOf(block), block.marks["not-run"] ?? "", block] as const))(
  "%s does not run (%s), and shows no answer that nobody would check",
  (_, __, block) => {
    expect(block.answer).toBeUndefined();
  },
);
