import { buildDocsSite } from "#scripts/docs-site/build-docs-site.ts";

await buildDocsSite();
