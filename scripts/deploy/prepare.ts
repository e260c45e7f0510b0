import type { Context, DeployOptions } from "./context.ts";
import { parseConfig } from "./deploy-config.ts";
import type { Outside } from "./outside.ts";
import { stageConfig } from "./render-config.ts";
import { secretSpecs } from "./secrets.ts";

/** Variables of the Workers that may be given by the environment, because each stage has its own. */
const STAGE_VARS = ["APP_ORIGIN", "COLLECT_ORIGIN", "MAIL_FROM", "MAIL_PROVIDER"] as const;

export type Given = {
  options: DeployOptions;
  outside: Outside;
  environment: NodeJS.ProcessEnv;
  workersToml: string;
  pagesToml: string;
};

/** What the steps start from. Throws when a configuration cannot be read. */
export function prepare({ options, outside, environment, workersToml, pagesToml }: Given): Context {
  const original = parseConfig(workersToml, pagesToml);
  const config = stageConfig(original, { stage: options.stage, vars: stageVars(environment) });
  const specs = secretSpecs(config.workers.env.api, environment);
  return { ...options, outside, environment, specs, original, config, uploaded: {} };
}

function stageVars(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    STAGE_VARS.flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}
