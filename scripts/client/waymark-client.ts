import type { Me } from "#contract/accounts.ts";
import type { Problem } from "#contract/problem.ts";

/** The API as a program outside uses it: over HTTP, signed in by cookie or with a key. */
export type WaymarkClient = {
  request<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** As `request`, with the headers of the answer. */
  ask(method: string, path: string, body?: unknown): Promise<{ body: unknown; headers: Headers }>;
  /** The same API with a bearer key instead of the cookie. */
  withKey(key: string): WaymarkClient;
};

/** The API refused; `problem` says why. */
export class ApiRefusal extends Error {
  readonly problem: Problem;

  constructor(what: string, problem: Problem) {
    super(`Cannot ${what}: ${problem.status} ${problem.code}, ${problem.detail}`);
    this.problem = problem;
  }
}

type Identity = { cookie?: string; key?: string };

/** A client of the dashboard's origin, signed in. Registers the user first when `register` is given. */
export async function signIn(
  origin: string,
  { email, password }: { email: string; password: string },
  register?: { name: string; accountName: string },
): Promise<WaymarkClient & { me: Me }> {
  const path = register ? "/auth/register" : "/auth/login";
  const response = await send(origin, {}, { method: "POST", path, body: { email, password, ...register } });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const me = await readAnswer<Me>(response, `sign in as ${email}`);
  return { ...clientOf(origin, { cookie }), me };
}

function clientOf(origin: string, identity: Identity): WaymarkClient {
  return {
    async request<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await send(origin, identity, { method, path, body });
      return await readAnswer<T>(response, `${method} ${path}`);
    },
    async ask(method, path, body) {
      const response = await send(origin, identity, { method, path, body });
      return { body: await readAnswer(response, `${method} ${path}`), headers: response.headers };
    },
    withKey: (key) => clientOf(origin, { key }),
  };
}

type Call = { method: string; path: string; body?: unknown };

async function send(
  origin: string,
  { cookie, key }: Identity,
  { method, path, body }: Call,
): Promise<Response> {
  const headers = new Headers({ origin });
  if (cookie !== undefined) headers.set("cookie", cookie);
  if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  return await fetch(`${origin}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function readAnswer<T>(response: Response, what: string): Promise<T> {
  const text = await response.text();
  if (response.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
  if (!response.headers.get("content-type")?.includes("problem+json")) {
    throw new Error(`Cannot ${what}: ${response.status} ${text.slice(0, 200)}`);
  }
  throw new ApiRefusal(what, JSON.parse(text) as Problem);
}
