import type { Outside, WranglerAnswer } from "./outside.ts";

export type Version = { id: string; tag: string | null; createdOn: string };
export type Deployment = { versions: { version_id: string; percentage: number }[] };

/** A Worker, and where its configuration is. */
export type Target = { name: string; configPath: string; env: string };

export function targetArgs({ configPath, env }: Pick<Target, "configPath" | "env">): string[] {
  return ["--config", configPath, "--env", env];
}

/** The last versions of a Worker, oldest first; null when there is no such Worker. */
export async function listVersions(outside: Outside, name: string): Promise<Version[] | null> {
  const answer = await outside.wrangler(["versions", "list", "--json", "--name", name]);
  if (answer.code !== 0) return absentOr(answer, `list the versions of ${name}`);
  type Listed = { id: string; metadata?: { created_on?: string }; annotations?: Record<string, string> };
  return parseList<Listed>(answer, `the versions of ${name}`).map(({ id, metadata, annotations }) => ({
    id,
    tag: annotations?.["workers/tag"] ?? null,
    createdOn: metadata?.created_on ?? "",
  }));
}

/** The last deployments of a Worker, oldest first; null when there is no such Worker. */
export async function listDeployments(outside: Outside, name: string): Promise<Deployment[] | null> {
  const answer = await outside.wrangler(["deployments", "list", "--json", "--name", name]);
  if (answer.code !== 0) return absentOr(answer, `list the deployments of ${name}`);
  return parseList<Deployment>(answer, `the deployments of ${name}`);
}

/** The names of a Worker's secrets; null when there is no such Worker. Their values nobody can read. */
export async function listSecrets(outside: Outside, name: string): Promise<string[] | null> {
  const answer = await outside.wrangler(["secret", "list", "--format", "json", "--name", name]);
  if (answer.code !== 0) return absentOr(answer, `list the secrets of ${name}`);
  return parseList<{ name: string }>(answer, `the secrets of ${name}`).map(({ name }) => name);
}

/** Sends shares of the traffic to versions; they add up to 100. */
export async function splitTraffic(
  outside: Outside,
  target: Target,
  { shares, message }: { shares: readonly (readonly [id: string, percent: number])[]; message: string },
): Promise<void> {
  const specs = shares.map(([id, percent]) => `${id}@${percent}%`);
  await run(outside, ["versions", "deploy", ...specs, "--yes", "--message", message, ...targetArgs(target)]);
}

/** Runs a command that must succeed. Throws with what wrangler said. */
export async function run(
  outside: Outside,
  args: readonly string[],
  secrets?: Readonly<Record<string, string>>,
): Promise<WranglerAnswer> {
  const answer = await outside.wrangler(args, secrets);
  if (answer.code !== 0)
    throw new Error(`wrangler ${args.slice(0, 3).join(" ")} failed:\n${wordsOf(answer)}`);
  return answer;
}

/** Cloudflare's code for a Worker that does not exist. */
function absentOr(answer: WranglerAnswer, what: string): null {
  if (/\b10007\b|does not exist/.test(`${answer.stdout}${answer.stderr}`)) return null;
  throw new Error(`Cannot ${what}:\n${wordsOf(answer)}`);
}

export function parseList<T>({ stdout }: WranglerAnswer, what: string): T[] {
  // A warning may stand before it, which begins with a sign of its own.
  const start = stdout.search(/^\s*\[/m);
  try {
    return JSON.parse(stdout.slice(Math.max(start, 0))) as T[];
  } catch {
    throw new Error(`Cannot read ${what}: wrangler's answer is no JSON`);
  }
}

function wordsOf({ stdout, stderr }: WranglerAnswer): string {
  return `${stderr}\n${stdout}`.trim().slice(0, 2000);
}
