import { checkConfig } from "./check-config.ts";
import type { Context, Step } from "./context.ts";
import { checkSteps } from "./steps/check-steps.ts";
import { migrateSteps } from "./steps/migrate-steps.ts";
import { resourceSteps } from "./steps/resource-steps.ts";
import { shiftSteps } from "./steps/shift-steps.ts";
import { deployedSteps, previewSteps } from "./steps/smoke-steps.ts";
import { uploadSteps } from "./steps/upload-steps.ts";

/** What a deployment does, in its order. Each step can be run again: it does what is missing and nothing else. */
export function deployPlan(context: Context): Step[] {
  return [
    ...checkSteps(context),
    ...resourceSteps(context),
    ...migrateSteps(context),
    ...uploadSteps(context),
    ...previewSteps(),
    ...shiftSteps(context),
    ...deployedSteps(context),
  ];
}

/** The plan in words, a line a step. */
export function describePlan(steps: readonly Step[]): string {
  const width = String(steps.length).length;
  const kinds = Math.max(...steps.map(({ kind }) => kind.length));
  return steps
    .map(
      ({ kind, description }, index) =>
        `${String(index + 1).padStart(width)}  ${kind.padEnd(kinds)}  ${description}`,
    )
    .join("\n");
}

/** What can be told without asking anybody that a deployment would fail for. */
export function foreseeProblems(context: Context): string[] {
  const { config, original, stage, specs, environment } = context;
  const absent = specs.filter(({ name, isRequired }) => isRequired && (environment[name] ?? "") === "");
  return [
    ...checkConfig({ rendered: config, original, stage }),
    ...absent.map(
      ({ name, from }) =>
        `${name} is not in the environment (${from}); that is enough only where the Workers have it`,
    ),
  ];
}
