import { createHash } from "node:crypto";
import type { CommandOutcome } from "./redis-engine.ts";

type Run = (command: string[]) => Promise<CommandOutcome>;
export type ScriptStore = { run(command: string[], send: Run): Promise<CommandOutcome> };

const NO_SCRIPT = "NOSCRIPT No matching script. Please use EVAL.";

/**
 * Upstash's scripts may begin with a line of flags that other Redises refuse. The line is taken off, so the
 * script's digest must be kept by us: it is that of the text as the caller sent it.
 */
export function createScriptStore(): ScriptStore {
  const bodies = new Map<string, string>();
  const remember = (script: string): string => {
    const digest = createHash("sha1").update(script).digest("hex");
    bodies.set(digest, script.replace(/^#!lua[^\n]*\n/, ""));
    return digest;
  };

  return {
    async run(command, send) {
      const [name = "", first = "", ...rest] = command;
      switch (name.toLowerCase()) {
        case "eval":
        case "eval_ro":
          return await send(["eval", bodies.get(remember(first)) ?? first, ...rest]);
        case "evalsha":
        case "evalsha_ro": {
          const body = bodies.get(first.toLowerCase());
          return body === undefined ? { error: NO_SCRIPT } : await send(["eval", body, ...rest]);
        }
        case "script":
          return runScriptCommand(first, rest, { bodies, remember });
        default:
          return await send(command);
      }
    },
  };
}

function runScriptCommand(
  subcommand: string,
  args: string[],
  { bodies, remember }: { bodies: Map<string, string>; remember: (script: string) => string },
): CommandOutcome {
  switch (subcommand.toLowerCase()) {
    case "load":
      return { result: remember(args[0] ?? "") };
    case "exists":
      return { result: args.map((digest) => (bodies.has(digest.toLowerCase()) ? 1 : 0)) };
    case "flush":
      bodies.clear();
      return { result: "OK" };
    default:
      return { error: `ERR unknown subcommand '${subcommand}'. Try SCRIPT HELP.` };
  }
}
