import { buildApp } from "./app.ts";
import type { Env } from "./env.ts";
import { wire } from "./wiring.ts";

const app = buildApp<Env>(wire);

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
} satisfies ExportedHandler<Env>;
