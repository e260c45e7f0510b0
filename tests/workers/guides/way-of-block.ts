import type { DocBlock } from "./doc-blocks.ts";

/** How a block runs; undefined for one that does not say. */
export type Way =
  | "text"
  | "not-run"
  | "program"
  | "page"
  | "next"
  | "suite"
  | "statements"
  | "parsed"
  | undefined;
const BY_NAME: Readonly<Record<string, Way>> = { shopify: "page", next: "next", vitest: "suite" };
const WITHOUT_A_MARK: Readonly<Record<string, Way>> = { sql: "statements", json: "parsed", toml: "parsed" };
const BY_LANGUAGE: Readonly<Record<string, Way>> = {
  html: "page",
  sh: "program",
  js: "program",
  ts: "program",
};

/** A command, whatever its block calls itself. */
const COMMAND = /^(?:\$ )?(?:npm|npx|node|curl|git|psql|wrangler|select|update|insert|delete|[A-Z_]+=\S+) /m;

/** By its marks, or by its language where it has none. */
export function wayOf({ language, marks, code }: DocBlock): Way {
  if ("not-run" in marks) return "not-run";
  if (language === "" || language === "text") return COMMAND.test(code) ? undefined : "text";
  const { run } = marks;
  if (run === undefined) return WITHOUT_A_MARK[language];
  return run === "" ? BY_LANGUAGE[language] : BY_NAME[run];
}
