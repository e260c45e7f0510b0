import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/test/run-tests.ts", process.argv.slice(2));
