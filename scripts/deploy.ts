import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deployPlan, describePlan, foreseeProblems } from "#scripts/deploy/plan.ts";
import { prepare } from "#scripts/deploy/prepare.ts";
import { DEPLOY_USAGE, readDeployCommand } from "#scripts/deploy/read-command.ts";
import { realOutside } from "#scripts/deploy/real-outside.ts";
import { runPlan } from "#scripts/deploy/run-plan.ts";
import { secretValues } from "#scripts/deploy/secrets.ts";
import { projectFolder } from "#scripts/stack/project.ts";

const command = readDeployCommand(process.argv.slice(2));
if (command === null) {
  console.error(DEPLOY_USAGE);
  process.exit(2);
}
const { isDryRun, ...options } = command;
const release = options.release ?? (await describeRelease());
const context = prepare({
  options: { ...options, release },
  outside: realOutside(secretValues(process.env)),
  environment: process.env,
  workersToml: await readFile(join(projectFolder, "wrangler.toml"), "utf8"),
  pagesToml: await readFile(join(projectFolder, "frontend", "wrangler.toml"), "utf8"),
});
const steps = deployPlan(context);
const { say } = context.outside;
if (isDryRun) {
  say(`Release ${release} to ${options.stage}. A dry run: nobody is asked, nothing is changed.\n`);
  say(describePlan(steps));
  const problems = foreseeProblems(context);
  if (problems.length > 0)
    say(
      `\nAs it is, it would not get through its checks:\n${problems.map((each) => `- ${each}`).join("\n")}`,
    );
} else {
  await runPlan(steps, context).then(
    () => say(`\n${release} is deployed to ${options.stage}.`),
    (error: Error) => {
      say(`\n${error.message}\n\nNothing after this step was done. The same command goes on from here;`);
      say(`npm run rollback -- --stage ${options.stage} sends the traffic back to the version before.`);
      process.exitCode = 1;
    },
  );
}

/** The tag, or the commit; `-dirty` when something is not committed. */
async function describeRelease(): Promise<string> {
  const { stdout } = await promisify(execFile)("git", ["describe", "--tags", "--always", "--dirty"], {
    cwd: projectFolder,
  });
  return stdout.trim();
}
