import type { RunningApi } from "./start-api.ts";

type Paths = Record<string, Record<string, { responses: Record<string, unknown> }>>;
type Described = { matches: RegExp; method: string; statuses: ReadonlySet<string>; parameters: number };

/** By the api that served it. */
const known = new WeakMap<RunningApi, Promise<Described[]>>();

/** Throws for a status that the OpenAPI document does not name for the route; what it names no route for is let be. */
export async function checkIsDescribed(api: RunningApi, route: string, status: number): Promise<void> {
  const [method = "", address = ""] = route.split(" ");
  const path = address.split("?")[0] ?? "";
  const routes = await describedRoutes(api);
  const described = routes.find((one) => one.method === method.toLowerCase() && one.matches.test(path));
  if (described === undefined || described.statuses.has(String(status))) return;
  throw new Error(`The OpenAPI document does not say that ${route} may answer ${status}`);
}

async function describedRoutes(api: RunningApi): Promise<Described[]> {
  const asked = known.get(api) ?? readRoutes(api);
  known.set(api, asked);
  return await asked;
}

/** Those without parameters first: `/reports/question` is no report. None of an api whose configuration serves nobody. */
async function readRoutes(api: RunningApi): Promise<Described[]> {
  const answer = await api.fetch("/api/v1/openapi.json");
  if (!answer.ok) return [];
  const { paths } = (await answer.json()) as { paths: Paths };
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { responses }]) => ({
      method,
      matches: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
      statuses: new Set(Object.keys(responses)),
      parameters: path.split("{").length - 1,
    })),
  );
  return routes.toSorted((a, b) => a.parameters - b.parameters);
}
