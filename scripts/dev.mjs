import { runUnderOwnNode } from "./bootstrap.mjs";

await runUnderOwnNode("scripts/dev.ts", process.argv.slice(2), { ownGroup: true });
