export type StepResult = {
  passed: number;
  failed: number;
  /** Shown when something failed. */
  output: string;
  seconds: number;
};

/** What a step did: how many of its checks held. */
export type StepOutcome = Omit<StepResult, "seconds">;

export type Step = { name: string; run(): Promise<StepOutcome> };

/** A step that is one check: a program that must end with 0. */
export function outcomeOf({ code, output }: { code: number; output: string }): StepOutcome {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

/** Runs one step, never throws, and says on the screen how it went. */
export async function runStep(step: Step): Promise<StepResult> {
  const startedAtMs = Date.now();
  const outcome = await step.run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const result = { ...outcome, seconds: (Date.now() - startedAtMs) / 1000 };
  report(step.name, result);
  return result;
}

/** `✓ unit       412 passed               3.2 s`, and under it the output of a step that failed. */
export function report(name: string, { passed, failed, output, seconds }: StepResult): void {
  const counts = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`;
  const mark = failed > 0 ? "✗" : "✓";
  console.log(`${mark} ${name.padEnd(12)}${counts.padEnd(26)}${seconds.toFixed(1).padStart(7)} s`);
  if (failed > 0) console.log(`\n${output.trimEnd()}\n`);
}
