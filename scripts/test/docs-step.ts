import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { readHeadings } from "#scripts/docs-site/headings.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import type { StepOutcome } from "./step.ts";

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const CODE = /`([^`\n]+)`/g;
const PATH = /^(?:workers|frontend|pixel|db|scripts|tests|docs|\.github|\.ci)\/[\w./[\]-]+$/;
const COMMAND = /^npm (?:run )?([\w:][\w:-]*)/;
const NPM_OWN: ReadonlySet<string> = new Set(["ci", "install", "exec", "run"]);

/** Links that the site answers and the folder does not hold. */
const SERVED: ReadonlySet<string> = new Set(["/api/v1/docs"]);

/** Each path, link, anchor and npm command that the README and the docs name must exist. */
export async function checkDocs(): Promise<StepOutcome> {
  const scripts = await readScripts();
  const problems: string[] = [];
  for (const file of await documents()) {
    const text = await readFile(file, "utf8");
    for (const problem of findProblems(text, dirname(file), scripts)) {
      problems.push(`${relative(projectFolder, file)}: ${problem}`);
    }
  }
  return {
    passed: problems.length === 0 ? 1 : 0,
    failed: problems.length === 0 ? 0 : 1,
    output: problems.join("\n"),
  };
}

async function documents(): Promise<string[]> {
  const docs = join(projectFolder, "docs");
  const names = existsSync(docs) ? await readdir(docs, { recursive: true }) : [];
  const pages = names.filter((name) => name.endsWith(".md")).map((name) => join(docs, name));
  const readme = join(projectFolder, "README.md");
  if (!existsSync(readme)) throw new Error("README.md is missing");
  return [readme, ...pages];
}

async function readScripts(): Promise<ReadonlySet<string>> {
  const text = await readFile(join(projectFolder, "package.json"), "utf8");
  return new Set(Object.keys((JSON.parse(text) as { scripts: object }).scripts));
}

export function findProblems(text: string, folder: string, scripts: ReadonlySet<string>): string[] {
  const links = [...text.matchAll(LINK)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && !SERVED.has(target));
  const broken = links
    .filter((target) => !leadsSomewhere(target, text, folder))
    .map((target) => `the link ${target} leads nowhere`);
  const outside = links
    .filter((target) => isOnSite(folder) && !isOnSite(resolve(folder, target.split("#")[0] ?? "")))
    .map((target) => `the link ${target} leads out of docs, where the site has nothing`);

  const code = [...text.matchAll(CODE)].map(([, words = ""]) => words);
  const missing = code
    .filter((words) => PATH.test(words) && !existsSync(join(projectFolder, words)))
    .map((path) => `${path} does not exist`);
  const unknown = code
    .map((words) => COMMAND.exec(words)?.[1])
    .filter((name) => name !== undefined && !scripts.has(name) && !NPM_OWN.has(name))
    .map((name) => `there is no npm script ${name}`);
  return [...broken, ...outside, ...missing, ...unknown];
}

function isOnSite(path: string): boolean {
  const docs = join(projectFolder, "docs");
  return path === docs || path.startsWith(`${docs}/`);
}

function leadsSomewhere(target: string, text: string, folder: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = join(folder, decodeURIComponent(file));
  if (!existsSync(path)) return false;
  if (anchor === undefined) return true;
  const aimed = file === "" ? text : readFileSync(path, "utf8");
  return readHeadings(aimed).some(({ id }) => id === decodeURIComponent(anchor));
}
