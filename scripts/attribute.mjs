import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/attribute.ts", process.argv.slice(2));
