import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/bench.ts", process.argv.slice(2));
