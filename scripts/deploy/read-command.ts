import { parseArgs } from "node:util";
import type { DeployOptions } from "./context.ts";
import { type Stage, STAGES } from "./stage.ts";

export const DEPLOY_USAGE = `Usage: npm run deploy -- --stage production|staging
  --dry-run             prints the plan; asks nobody, needs no account
  --allow-destructive   runs migrations that take something from the version that runs
  --release NAME        instead of what git describe says
  --watch SECONDS       how long the first 10 % of the traffic are watched (60)`;

export type DeployCommand = Omit<DeployOptions, "release"> & { release: string | null; isDryRun: boolean };

/** The command line of deploy; null when it cannot be understood. Without a stage a dry run is of production. */
export function readDeployCommand(args: readonly string[]): DeployCommand | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stage: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        "allow-destructive": { type: "boolean", default: false },
        release: { type: "string" },
        watch: { type: "string", default: "60" },
      },
    });
    const isDryRun = values["dry-run"];
    const stage = values.stage ?? (isDryRun ? "production" : "");
    const watchSeconds = Number(values.watch);
    if (!isStage(stage) || !Number.isInteger(watchSeconds) || watchSeconds < 0) return null;
    return {
      stage,
      isDryRun,
      watchSeconds,
      allowDestructive: values["allow-destructive"],
      release: values.release ?? null,
    };
  } catch {
    return null;
  }
}

export function isStage(name: string): name is Stage {
  return (STAGES as readonly string[]).includes(name);
}
