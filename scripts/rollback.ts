import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { workersToml } from "#scripts/deploy/context.ts";
import { describePlan } from "#scripts/deploy/plan.ts";
import { prepare } from "#scripts/deploy/prepare.ts";
import { isStage } from "#scripts/deploy/read-command.ts";
import { realOutside } from "#scripts/deploy/real-outside.ts";
import { toToml } from "#scripts/deploy/render-config.ts";
import { rollbackPlan } from "#scripts/deploy/rollback-plan.ts";
import { runPlan } from "#scripts/deploy/run-plan.ts";
import { secretValues } from "#scripts/deploy/secrets.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const { values } = parseArgs({
  options: { stage: { type: "string", default: "" }, "dry-run": { type: "boolean", default: false } },
});
const { stage } = values;
if (!isStage(stage)) {
  console.error("Usage: npm run rollback -- --stage production|staging [--dry-run]");
  process.exit(2);
}
const context = prepare({
  options: { stage, release: "rollback", allowDestructive: false, watchSeconds: 0 },
  outside: realOutside(secretValues(process.env)),
  environment: process.env,
  workersToml: await readFile(join(projectFolder, "wrangler.toml"), "utf8"),
  pagesToml: await readFile(join(projectFolder, "frontend", "wrangler.toml"), "utf8"),
});
const steps = rollbackPlan(context);
const { say, writeFile } = context.outside;
if (values["dry-run"]) say(describePlan(steps));
else {
  // Wrangler reads the names of the Workers from it.
  await writeFile(workersToml(stage), toToml(context.config.workers));
  await runPlan(steps, context).then(
    () => say(`\n${stage} is at the versions before. The database stays as it is.`),
    (error: Error) => {
      say(`\n${error.message}`);
      process.exitCode = 1;
    },
  );
}
