import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/geo-test.ts", process.argv.slice(2));
