import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/replay.ts", process.argv.slice(2));
