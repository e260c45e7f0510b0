// @module-tag long
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateFolder } from "#scripts/stack/project.ts";
import { type DocBlock, placeOf, readDocBlocks } from "./doc-blocks.ts";
import { type GuideAccount, type GuideStage, startGuideStage } from "./guide-stage.ts";
import { startSession } from "./program-session.ts";
import { bundleNextApp } from "./next-app.ts";
import { findTypeErrors } from "./next-types.ts";
import { runPageBlock, withKeys } from "./run-page-block.ts";
import { runProgramBlock } from "./run-program-block.ts";
import { runStatements } from "./run-statements.ts";
import { type ShopBrowser, startShopBrowser } from "./shop-browser.ts";
import { type Way, wayOf } from "./way-of-block.ts";

const blocks = await readDocBlocks();
const blocksOf = (way: Way): DocBlock[] => blocks.filter((block) => wayOf(block) === way);

let stage: GuideStage;
beforeAll(async () => {
  stage = await startGuideStage();
});
afterAll(async () => await stage.close());

describe("programs, page by page, against the Workers", () => {
  test.each(byPage(blocksOf("program")))("%s", async (_, own) => {
    const account = await stage.addAccount();
    const session = await startSession({ WAYMARK_KEY: account.key });
    try {
      for (const block of own) {
        // oxlint-disable-next-line no-await-in-loop -- each goes on from the one before
        expect(await found(block, async () => await runProgramBlock(stage, session, block))).toEqual([]);
      }
    } finally {
      await session.close();
    }
  });
});

describe("pages, in a browser, against collect", () => {
  let browser: ShopBrowser;
  let account: GuideAccount;
  beforeAll(async () => {
    [browser, account] = await Promise.all([startShopBrowser(stage), stage.addAccount()]);
  });
  afterAll(async () => await browser.close());

  test.each(byPage(blocksOf("page")))("%s", async (_, own) => {
    const all = own.map(async (block) =>
      found(block, async () => await runPageBlock(stage, { browser, block, account })),
    );
    expect((await Promise.all(all)).flat()).toEqual([]);
  });

  test.each(byPage(blocksOf("next")))("%s, its components together, and their types", async (_, own) => {
    expect(await findTypeErrors(own)).toBe("");
    const html = await bundleNextApp(own, (text) => withKeys(stage.today(text), account));
    const sent = await browser.visit(html, 2);
    expect(sent.map(({ type }) => type).toSorted()).toEqual(["conversion", "pageview"]);
  });
});

describe("suites of tests", async () => {
  for (const block of blocksOf("suite")) {
    // Within the project, whose names it imports.
    const file = join(stateFolder(), "guides", `suite-${block.line}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, block.code);
    await import(/* @vite-ignore */ file);
  }
});

test.each(blocksOf("statements").map((block) => [placeOf(block), block] as const))(
  "%s runs on the schema of today, and is taken back",
  async (_, block) => {
    expect(await runStatements(stage.stack, stage.localise(block.code))).toBeGreaterThan(0);
  },
);

test("what is shown as JSON or TOML is that", () => {
  const broken = blocksOf("parsed").filter(({ language, code }) => {
    try {
      return (language === "json" ? JSON.parse(code) : parseToml(code)) === undefined;
    } catch {
      return true;
    }
  });
  expect(broken.map(placeOf)).toEqual([]);
});

/** What a block does other than its guide says, with where it stands. */
async function found(block: DocBlock, run: () => Promise<string[]>): Promise<string[]> {
  const all = await run().catch((error: unknown) => [(error as Error).message]);
  return all.map((one) => `${placeOf(block)}: ${one}`);
}

function byPage(own: readonly DocBlock[]): [string, DocBlock[]][] {
  return [...new Set(own.map(({ page }) => page))].map((name) => [
    name,
    own.filter(({ page }) => page === name),
  ]);
}
