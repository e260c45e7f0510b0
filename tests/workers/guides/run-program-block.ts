import { vi } from "vitest";
import { differences, textDiffers } from "./compare-answer.ts";
import type { DocBlock } from "./doc-blocks.ts";
import type { GuideStage } from "./guide-stage.ts";
import type { ProgramSession } from "./program-session.ts";

const PATIENCE = { timeout: 50_000, interval: 250 };

/**
 * Runs a block of shell or JavaScript against the stage, keeps what it says to keep (`save="SITE=items.0.id"`), and
 * returns how its answer differs from the one shown. `after="rollup"` adds up what came in first; `until="status=ready"`
 * asks again until the answer says so.
 */
export async function runProgramBlock(
  stage: GuideStage,
  session: ProgramSession,
  block: DocBlock,
): Promise<string[]> {
  const { after, until, save } = block.marks;
  if (after === "rollup") await stage.stack.rollUp();
  const run = async (): Promise<string> => stage.generalise(await runOnce(stage, session, block));
  const output =
    until === undefined ? await run() : await vi.waitFor(async () => demand(until, await run()), PATIENCE);

  for (const [, name = "", path = ""] of (save ?? "").matchAll(/(\w+)=([\w.]+)/g)) {
    session.set(name, stage.localise(String(memberAt(JSON.parse(output), path))));
  }
  return block.answer === undefined ? [] : compare(block.answer, output);
}

async function runOnce(stage: GuideStage, session: ProgramSession, block: DocBlock): Promise<string> {
  const code = stage.localise(block.code);
  switch (block.language) {
    case "js":
      return await session.node(code, "mjs");
    case "ts":
      return await session.node(code, "mts");
    default:
      return await session.shell(code, block.marks["in"] === "project" ? "project" : "scratch");
  }
}

function demand(condition: string, output: string): string {
  const [path = "", wanted] = condition.split("=");
  const found = memberAt(JSON.parse(output), path);
  if (String(found) !== wanted) throw new Error(`${path} is ${String(found)}, not ${wanted}: ${output}`);
  return output;
}

/** `items.0.id` of an answer. Throws when there is none. */
function memberAt(answer: unknown, path: string): unknown {
  let found = answer;
  for (const name of path.split(".")) found = (found as Record<string, unknown> | undefined)?.[name];
  if (found === undefined) throw new Error(`The answer has no ${path}: ${JSON.stringify(answer)}`);
  return found;
}

function compare(answer: DocBlock, output: string): string[] {
  if (answer.language === "json") return differences(JSON.parse(answer.code), JSON.parse(output));
  return textDiffers(answer.code.trim(), output.trim()) ? [`It printed:\n${output}`] : [];
}
