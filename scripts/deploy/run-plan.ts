import type { Context, Step } from "./context.ts";

/**
 * Runs the steps one after the other, those that are done left out. Throws at the first that fails, with its words; run
 * again, it goes on from there.
 */
export async function runPlan(steps: readonly Step[], context: Context): Promise<void> {
  const { outside } = context;
  for (const [index, step] of steps.entries()) {
    const place = `[${index + 1}/${steps.length}]`;
    // oxlint-disable-next-line no-await-in-loop
    if ((await step.isDone?.(context)) === true) {
      outside.say(`${place} ${step.kind}: ${step.description} – is there`);
      continue;
    }
    outside.say(`${place} ${step.kind}: ${step.description}`);
    try {
      // oxlint-disable-next-line no-await-in-loop
      await step.act(context);
    } catch (error) {
      throw new Error(`${place} ${step.kind}: ${(error as Error).message}`, { cause: error });
    }
  }
}
