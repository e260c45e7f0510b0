import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { attributeEvents, attributePaths } from "#scripts/attribute/attribute-files.ts";
import { creditJson, creditTable } from "#scripts/attribute/credit-report.ts";
import { readCommand, type Command } from "#scripts/attribute/read-command.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { differences } from "#tests/support/differences.ts";
import { goldenJson } from "#tests/support/golden-files.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-attribute-"));
const GOLDEN = join(projectFolder, "tests", "golden");
const EVENTS = ["--events", join(GOLDEN, "touchpoints.csv"), join(GOLDEN, "conversions.csv")];

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function answer(args: string[]) {
  const command: Command = readCommand(args);
  const { input } = command;
  const result =
    input.kind === "paths"
      ? await attributePaths(input.file, command)
      : await attributeEvents(input, command);
  return { command, result, json: JSON.parse(creditJson(command, result)) as Answer };
}

type Answer = {
  model: string;
  options: object;
  total: object;
  unattributed: object;
  pConversion?: number;
  credit: { name: string; conversions: number; value: number; removalEffect?: number }[];
};

/** Bryl's three journeys in other columns than usual, with quotes, a mark at the start and lines of Windows. */
const SAMPLE =
  '\uFEFF"total_null","path","note",total_conversions,total_conversion_value\r\n' +
  '0,"C1 > C2 > C3","a ""b"", c",1,1000\r\n\r\n1,C1,,0,0\r\n1,C2>C3,,0,0\r\n';
const sample = file("sample.csv", SAMPLE);

describe("a path file", () => {
  it("is attributed by an exact Markov chain where no model is named", async () => {
    const { json } = await answer(["--paths", sample, "--json"]);
    expect(json).toEqual({
      model: "markov",
      options: { order: 1, nullJourneys: true },
      total: { conversions: 1, value: 1000 },
      unattributed: { conversions: 0, value: 0 },
      pConversion: expect.closeTo(1 / 3, 12),
      credit: [
        ["C1", 0.5, 0.2],
        ["C2", 1, 0.4],
        ["C3", 1, 0.4],
      ].map(([name, effect, conversions]) => ({
        name,
        removalEffect: expect.closeTo(Number(effect), 12),
        removalEffectValue: expect.closeTo(Number(effect), 12),
        conversions: expect.closeTo(Number(conversions), 12),
        value: expect.closeTo(Number(conversions) * 1000, 9),
      })),
    });
  });

  it.each([
    ["first", [1, 0, 0]],
    ["last", [0, 0, 1]],
    ["last-non-direct", [0, 0, 1]],
    ["linear", [1 / 3, 1 / 3, 1 / 3]],
    ["position", [0.4, 0.2, 0.4]],
    ["participation", [1, 1, 1]],
    ["shapley", [1 / 3, 1 / 3, 1 / 3]],
  ])("by %s gives each channel its part", async (model, shares) => {
    const { json } = await answer(["--paths", sample, "--model", model]);
    expect(json.credit).toEqual(
      shares.map((share, i) => ({ name: `C${i + 1}`, conversions: share, value: share * 1000 })),
    );
  });

  it("without null journeys and in order 2 is another chain", async () => {
    const { json } = await answer(["--paths", sample, "--order", "2", "--no-null"]);
    expect(json).toMatchObject({ options: { order: 2, nullJourneys: false }, pConversion: 1 });
    expect(json.credit.map(({ removalEffect }) => removalEffect)).toEqual([1, 1, 1]);
  });

  it("of more states than fit is refused with advice", async () => {
    const long = Array.from({ length: 1801 }, (_, i) => `c${i}`).join(" > ");
    const many = file(
      "many.csv",
      `path,total_conversions,total_conversion_value,total_null\n${long},1,1,0\n`,
    );
    await expect(answer(["--paths", many])).rejects.toThrow("1801 states");
  });
});

describe("event files", () => {
  it("make the golden journeys, and Markov credit starts anew after a conversion", async () => {
    const { markov } = goldenJson<{
      markov: { order: number; null_paths: boolean; conversions: Record<string, number> }[];
    }>("expected_data_driven.json");
    for (const expected of markov.filter(({ null_paths: hasNulls }) => hasNulls)) {
      // oxlint-disable-next-line no-await-in-loop
      const { json } = await answer([...EVENTS, "--lookback", "90", "--order", String(expected.order)]);
      const credit = Object.fromEntries(json.credit.map(({ name, conversions }) => [name, conversions]));
      expect(differences(credit, expected.conversions)).toEqual([]);
      expect(json).toMatchObject({
        options: { by: "channel", lookbackDays: 90, direct: "keep", reset: true },
        total: { conversions: 107, value: 417_269 },
        unattributed: { conversions: 3, value: 9500 },
      });
    }
  });

  it("take lookback, reset, direct, half-life and what to group by from the command line", async () => {
    const options = [
      "--lookback",
      "7",
      "--reset",
      "--direct",
      "exclude",
      "--half-life",
      "3",
      "--by",
      "campaign",
    ];
    const { command, result, json } = await answer([...EVENTS, "--model", "time-decay", ...options]);
    expect(json.options).toEqual({
      by: "campaign",
      lookbackDays: 7,
      direct: "exclude_unless_only",
      reset: true,
      halfLifeDays: 3,
    });
    expect(json.credit.map(({ name }) => name)).toEqual([
      "",
      "dis_q1",
      "em_cart",
      "em_welcome",
      "ps_brand",
      "ps_generic",
      "soc_prospect",
      "soc_retarget",
    ]);
    const table = creditTable(command, result).split("\n");
    expect(table[0]).toMatch(/^time-decay +conversions +value$/);
    expect(table[1]).toMatch(/^\(none\) +\d+\.\d{3} +\d+\.\d{3}$/);
    expect(table.at(-1)).toMatch(/^total +107\.000 +417269\.000$/);
  });
});

describe("a bad file", () => {
  const header = "path,total_conversions,total_conversion_value,total_null\n";

  it.each([
    ["no column", "path,total_conversions,total_null\n", "line 1: there is no column total_conversion_value"],
    ["nothing", "", "is empty"],
    ["a fraction of a conversion", `${header}a,1,1,1\na > b,1.5,1,1\n`, 'line 3: total_conversions is "1.5"'],
    ["less than no journey", `${header}a,1,1,-1\n`, 'line 2: total_null is "-1"'],
    ["words for money", `${header}a,1,ten,1\n`, 'line 2: total_conversion_value is "ten"'],
    ["an empty touch", `${header}a > > b,1,1,1\n`, "line 2: the path has an empty touch"],
    ["an open quote", `${header}\n"a > b,1,1,1\n`, "line 3: a quote is not closed"],
    ["a row too short", `${header}a,1,1\n`, "line 2: the column total_null is missing"],
    ["money for nothing", `${header}a,0,5,1\n`, "line 2: total_conversion_value is 5 without a conversion"],
  ])("with %s is refused with its line", async (what, text, message) => {
    const path = file(`${what.replaceAll(" ", "-")}.csv`, text);
    await expect(answer(["--paths", path])).rejects.toThrow(message);
    await expect(answer(["--paths", path])).rejects.toThrow(path);
  });

  it("of events is refused with its line, the other file too", async () => {
    const touches = "touch_id,visitor_id,ts_ms,channel,campaign\n";
    const sales = "conversion_id,visitor_id,ts_ms,revenue_cents\n";
    const events = (touch: string, sale: string) => {
      const files = [file("touches.csv", touches + touch), file("sales.csv", sales + sale)];
      return answer(["--events", ...files]);
    };
    await expect(events("1,7,soon,email,\n", "")).rejects.toThrow('touches.csv, line 2: ts_ms is "soon"');
    await expect(events("1,7,5,,\n", "")).rejects.toThrow("touches.csv, line 2: channel is empty");
    await expect(events("1,,5,email,\n", "")).rejects.toThrow("touches.csv, line 2: visitor_id is empty");
    await expect(events("1,7,5,email,\n", "1,7,9,9.99\n")).rejects.toThrow(
      'sales.csv, line 2: revenue_cents is "9.99"',
    );
  });
});

describe("a wrong command", () => {
  it.each([
    [[], "Name either --paths"],
    [["--paths", "a", "--events", "b", "c"], "Name either --paths"],
    [["--events", "b"], "Name either --paths"],
    [["--paths", "a", "--model", "best"], "No model is called best"],
    [["--paths", "a", "--model", "time-decay"], "needs the times"],
    [["--paths", "a", "--order", "4"], '--order is "4"'],
    [["--paths", "a", "--lookback", "91"], "--lookback"],
    [["--paths", "a", "--half-life", "soon"], "--half-life"],
    [["--paths", "a", "--direct", "drop"], '--direct is "drop"'],
    [["--events", "a", "b", "--by", "hour"], '--by is "hour"'],
    [["--nonsense"], "nonsense"],
  ])("%j is refused with what is wrong", (args, message) => {
    expect(() => readCommand(args)).toThrow(message);
  });
});

describe("the program", () => {
  function run(...args: string[]) {
    return spawnSync(process.execPath, ["scripts/attribute.ts", ...args], {
      cwd: projectFolder,
      encoding: "utf8",
    });
  }

  it("ends with 0 and JSON, with 1 for a bad file, with 2 for a bad command; what is wrong goes to stderr", () => {
    const done = run("--paths", sample, "--json");
    expect([done.status, done.stderr]).toEqual([0, ""]);
    expect(JSON.parse(done.stdout)).toMatchObject({ model: "markov", total: { conversions: 1 } });
    const missing = run("--paths", join(folder, "missing.csv"), "--json");
    expect([missing.status, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr).toMatch(/^Cannot read .*missing\.csv/);
    const wrong = run("--model", "best");
    expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toContain("npm run attribute");
  });
});
