import { join } from "node:path";
import type { z } from "zod/mini";

import { projectFolder } from "#scripts/stack/project.ts";

type RouteDoc = { method: string; path: string; body?: z.ZodMiniType };
type Described = { method: string; matches: RegExp; body: z.ZodMiniType };
type UnknownMembers = (schema: z.ZodMiniType, value: unknown) => string[];

const routes = readRoutes();

/** What of a body the API itself would refuse for want of a name: the fixtures take anything, the API does not. */
export async function unknownInBody(method: string, path: string, body: unknown): Promise<string[]> {
  const { described, unknownMembers } = await routes;
  const route = described.find((one) => one.method === method.toLowerCase() && one.matches.test(path));
  return route === undefined ? [] : unknownMembers(route.body, body);
}

async function readRoutes(): Promise<{ described: Described[]; unknownMembers: UnknownMembers }> {
  const from = (file: string) => join(projectFolder, "workers/api/routes", file);
  const { ALL_PATHS } = (await import(from("openapi/paths/all-paths.ts"))) as { ALL_PATHS: RouteDoc[] };
  const { unknownMembers } = (await import(from("frame/unknown-members.ts"))) as {
    unknownMembers: UnknownMembers;
  };
  const described = ALL_PATHS.flatMap(({ method, path, body }) =>
    body === undefined
      ? []
      : [{ method, matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`), body }],
  );
  // Those without parameters first: `/report-schedules/preview` is no schedule.
  return {
    described: described.toSorted(
      (a, b) => a.matches.source.split("[^/]+").length - b.matches.source.split("[^/]+").length,
    ),
    unknownMembers,
  };
}
