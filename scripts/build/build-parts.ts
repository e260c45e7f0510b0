import { type ProgramResult, runProgram } from "#scripts/run-program.ts";

/** Builds the pixel script into pixel/dist. Throws with the build's output when it fails. */
export async function buildPixel(): Promise<void> {
  ensureBuilt("pixel", await runProgram("node", ["scripts/build/pixel.ts"]));
}

/** Builds the dashboard into frontend/dist, and the documentation beside it. Throws with the output of what fails. */
export async function buildDashboard(): Promise<void> {
  const args = ["build", "--config", "frontend/vite.config.ts", "--logLevel", "warn"];
  // A test that builds must get what is deployed, not what its own NODE_ENV would make.
  ensureBuilt("dashboard", await runProgram("vite", args, { NODE_ENV: "production" }));
  // Vite empties the folder that both stand in.
  await buildDocs();
}

/** Builds the documentation into frontend/dist/docs. Throws with the build's output when it fails. */
export async function buildDocs(): Promise<void> {
  ensureBuilt("documentation", await runProgram("node", ["scripts/build/docs.ts"]));
}

function ensureBuilt(part: string, { code, output }: ProgramResult): void {
  if (code !== 0) throw new Error(`Cannot build the ${part}:\n${output}`);
}
