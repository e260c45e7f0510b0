import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { evaluateGeoTest } from "#scripts/geo-test/evaluate-geo-test.ts";
import { geoTestJson, geoTestTable } from "#scripts/geo-test/geo-test-report.ts";
import { readGeoCommand } from "#scripts/geo-test/read-geo-command.ts";
import { readGeoDays } from "#scripts/geo-test/read-geo-days.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { addDays } from "#core/time/site-day.ts";
import { goldenRows, readGolden } from "#tests/support/golden-files.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-geo-test-"));
const GOLDEN = join(projectFolder, "tests", "golden", "geo_daily.csv");
const HEADER = "geo,day,group,revenue,cost\n";

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function answer(args: string[]) {
  const command = readGeoCommand(args);
  const result = evaluateGeoTest(await readGeoDays(command));
  return { json: geoTestJson(command, result), table: geoTestTable(result) };
}

/** Four geos, five days, the test on the last two; `change` alters single rows. */
function small(change: (row: string) => string = (row) => row): string {
  const rows = ["t1", "t2", "c1", "c2"].flatMap((geo, i) =>
    [1, 2, 3, 4, 5].map((day) => {
      const isTreated = i < 2;
      const sold = 100 * (i + 1) + 7 * day ** 2 + (isTreated && day > 3 ? 40 : 0) + ((i * day) % 3);
      return `${geo},${day},${isTreated ? "treatment" : "control"},${sold},${isTreated && day > 3 ? 10 : 0}`;
    }),
  );
  return `${HEADER}${rows.map(change).join("\n")}\n`;
}

describe("a file of geos", () => {
  it("is judged by three methods, in full", async () => {
    const { json } = await answer([GOLDEN, "--start", "56", "--json"]);
    expect(JSON.parse(json)).toMatchObject({
      start: "56",
      geos: { treatment: 8, control: 16 },
      days: { before: 56, tested: 28 },
      cost: 3892,
      timeBased: { incremental: expect.closeTo(5724.744_502_236_737, 6), freedom: 54 },
      geoBased: { iroas: expect.closeTo(1.643_124_384_700_520_1, 9), freedom: 21 },
      syntheticControl: { incremental: expect.closeTo(5929.039_436_189_594, 4), p: 2 / 84 },
    });
  });

  it("gives the same to the last digit in any order of rows, with dates for numbers", async () => {
    const dated = goldenRows("geo_daily.csv").map(([geo, day, ...rest]) =>
      [geo, addDays("2026-01-30", Number(day)), ...rest].join(","),
    );
    const shuffled = file("dated.csv", `${HEADER}${dated.toReversed().join("\n")}\n`);
    const once = await answer([GOLDEN, "--start", "56"]);
    const other = await answer([shuffled, "--start", addDays("2026-01-30", 56)]);
    expect(other.json.replace(addDays("2026-01-30", 56), "56")).toBe(once.json);
  });

  it("is told to people as a table, with what a method cannot tell and why", async () => {
    const { table } = await answer([GOLDEN, "--start", "56"]);
    const lines = table.split("\n");
    expect(lines[0]).toBe("8 geos in treatment, 16 in control; 56 days before the test, 28 of it; cost 3892");
    expect(lines[3]).toMatch(
      /^time-based regression +5724\.745 +4480\.252 +6969\.237 +1\.471 +1\.151 +1\.791$/,
    );
    expect(lines[4]).toMatch(/^geo-based regression +6395\.040 +\S+ +\S+ +1\.643 +1\.472 +1\.814$/);
    expect(lines[5]).toMatch(/^synthetic control +5929\.039 +\d+\.\d+ +\d+\.\d+ +1\.523 +\S+ +\S+$/);
    expect(table).toContain("P(iROAS > 1) by time-based regression: 0.9977");
    expect(table).toContain("p of no effect by synthetic control: 0.0238; lift 7.31 %");

    const free = file(
      "free.csv",
      small((row) => row.replace(/,10$/, ",0")),
    );
    const { table: without, json } = await answer([free, "--start", "4"]);
    expect(without).toContain("No geo-based regression: the test cost nothing.");
    expect(without).not.toContain("P(iROAS");
    expect(JSON.parse(json)).toMatchObject({
      geoBased: { cannot: "the test cost nothing" },
      timeBased: { iroas: null, iroasInterval: null, probabilityAboveOne: null },
      syntheticControl: { iroas: null, interval: null },
    });
  });

  it("of which a method cannot make anything says why for that method alone", async () => {
    const cannot = async (name: string, text: string, start = "4") =>
      JSON.parse((await answer([file(`${name}.csv`, text), "--start", start])).json) as {
        timeBased: { cannot?: string };
        geoBased: { cannot?: string };
      };
    const short = await cannot("short", small(), "3");
    expect(short.timeBased.cannot).toBe("2 days before the test are too few: it takes 3");
    const level = await cannot(
      "level",
      small((row) => row.replace(/control,\d+/, "control,50")),
    );
    expect(level.timeBased.cannot).toBe("the control geos sold the same on every day before the test");
    const asleep = await cannot(
      "asleep",
      small((row) => row.replace(/^(c2,[123],control),\d+/, "$1,0")),
    );
    expect(asleep.geoBased.cannot).toBe("c2 sold nothing before the test");
    const three = await cannot("three", small().replaceAll(/^c2.*\n/gm, ""));
    expect(three.geoBased.cannot).toBe("3 geos are too few: it takes 4");
    // Cost is then 0.05 · (revenue before − 300): the constant and the size say it all.
    const sizes = (row: string) =>
      row.replace(
        /(treatment|control),\d+/,
        (_, group: string) => `${group},${group === "control" ? 100 : 200}`,
      );
    const alike = await cannot("alike", small(sizes));
    expect(alike.geoBased.cannot).toBe("the geos are too alike to tell size and cost apart");
  });

  it("may take spend away: then what is not sold is what was earned", async () => {
    const dark = file(
      "dark.csv",
      small((row) =>
        row
          .replace(/,10$/, ",-10")
          .replace(/(treatment),(\d+),-10$/, (_, group, sold) => `${group},${Number(sold) - 80},-10`),
      ),
    );
    const { timeBased, cost } = JSON.parse((await answer([dark, "--start", "4"])).json) as {
      cost: number;
      timeBased: { incremental: number; iroas: number; iroasInterval: { low: number; high: number } };
    };
    expect(cost).toBe(-40);
    expect(timeBased.incremental).toBeLessThan(0);
    expect(timeBased.iroas).toBeGreaterThan(0);
    expect(timeBased.iroasInterval.low).toBeLessThan(timeBased.iroas);
    expect(timeBased.iroasInterval.high).toBeGreaterThan(timeBased.iroas);
  });
});

describe("a bad file", () => {
  it.each([
    ["no column", "geo,day,group,revenue\n", "line 1: there is no column cost"],
    ["no rows", HEADER, "there is no geo in treatment"],
    ["a geo without a name", `${HEADER},1,control,1,0\n`, "line 2: geo is empty"],
    [
      "an unknown group",
      `${HEADER}a,1,test,1,0\n`,
      'line 2: group is "test" instead of treatment or control',
    ],
    [
      "words for money",
      `${HEADER}a,1,control,1,0\nb,1,control,ten,0\n`,
      'line 3: revenue is "ten", which is no amount',
    ],
    ["two signs", `${HEADER}a,1,control,--1,0\n`, 'line 2: revenue is "--1"'],
    [
      "a date among numbers",
      `${HEADER}a,2026-03-09,control,1,0\n`,
      'line 2: day is "2026-03-09" instead of a whole number',
    ],
    [
      "a geo of both groups",
      small((row) => row.replace("t1,3,treatment", "t1,3,control")),
      "line 4: t1 is in control here and not on line 2",
    ],
    ["a day twice", small((row) => row.replace("c1,3,", "c1,2,")), "line 14: c1 has day 2 twice"],
    ["a day missing in a geo", small().replace(/^c1,3.*\n/m, ""), "c1 has no day 3"],
    ["a day missing in all", small().replaceAll(/^\w\d,2,.*\n/gm, ""), "between day 1 and 3 one is missing"],
    [
      "cost in control",
      small((row) => row.replace(/^(c1,5.*),0$/, "$1,4")),
      "line 16: cost is 4 where nothing was tested",
    ],
    [
      "cost before the test",
      small((row) => row.replace(/^(t1,1.*),0$/, "$1,4")),
      "line 2: cost is 4 where nothing was tested",
    ],
    ["only treatment", small().replaceAll(/^c.*\n/gm, ""), "there is no geo in control"],
  ])("with %s is refused with its line", async (what, text, message) => {
    const path = file(`${what.replaceAll(" ", "-")}.csv`, text);
    await expect(answer([path, "--start", "4"])).rejects.toThrow(message);
    await expect(answer([path, "--start", "4"])).rejects.toThrow(path);
  });

  it("for the start that was named is refused with the days there are", async () => {
    const path = file(
      "fine.csv",
      small((row) => row.replace(/,10$/, ",0")),
    );
    await expect(answer([path, "--start", "6"])).rejects.toThrow(
      "leaves no days of test: the file has 1 to 5",
    );
    await expect(answer([path, "--start", "1"])).rejects.toThrow("leaves no days before the test");
    await expect(answer([path, "--start", "2026-03-09"])).rejects.toThrow(
      'line 2: day is "1" instead of a day like 2026-03-09',
    );
  });
});

describe("a wrong command", () => {
  it.each([
    [[], "Name one file"],
    [["a", "b", "--start", "1"], "Name one file"],
    [["a"], "Name the first day of the test"],
    [["a", "--start", "soon"], '--start is "soon"'],
    [["a", "--start", "2026-02-30"], '--start is "2026-02-30"'],
    [["a", "--end", "1"], "end"],
  ])("%j is refused with what is wrong", (args, message) => {
    expect(() => readGeoCommand(args)).toThrow(message);
  });
});

describe("the program", () => {
  function run(...args: string[]) {
    return spawnSync(process.execPath, ["scripts/geo-test.ts", ...args], {
      cwd: projectFolder,
      encoding: "utf8",
    });
  }

  it("ends with 0 and JSON, with 1 for a bad file, with 2 for a bad command; what is wrong goes to stderr", () => {
    const done = run(GOLDEN, "--start", "56", "--json");
    expect([done.status, done.stderr]).toEqual([0, ""]);
    expect(JSON.parse(done.stdout)).toMatchObject({ cost: 3892 });
    const broken = run(
      file("broken.csv", readGolden("geo_daily.csv").replace("g01,7,", "g01,x,")),
      "--start",
      "56",
    );
    expect([broken.status, broken.stdout]).toEqual([1, ""]);
    expect(broken.stderr).toContain('line 9: day is "x"');
    const wrong = run(GOLDEN);
    expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toContain("npm run geo-test");
  });
});
