import type { Outside, WranglerAnswer } from "#scripts/deploy/outside.ts";

type Version = { id: string; tag: string };
type Split = { version_id: string; percentage: number }[];

export type PretendCloudflare = {
  outside: Outside;
  /** What was asked for, in order: commands without their `--config` and messages, requests, migrations. */
  calls: string[];
  said: string[];
  queues: Set<string>;
  buckets: Set<string>;
  namespaces: Map<string, string>;
  projects: Set<string>;
  workers: Map<string, { versions: Version[]; deployments: Split[]; secrets: Set<string> }>;
  pagesDeployments: string[];
  files: Map<string, string>;
  /** What a call that begins so answers instead. */
  failing: Map<string, string>;
};

/** An account at Cloudflare that remembers what was made in it, as far as a deployment asks. */
export function pretendCloudflare(): PretendCloudflare {
  const state: PretendCloudflare = {
    calls: [],
    said: [],
    queues: new Set(),
    buckets: new Set(),
    namespaces: new Map(),
    projects: new Set(),
    workers: new Map(),
    pagesDeployments: [],
    files: new Map(),
    failing: new Map(),
    outside: undefined as never,
  };
  const note = (call: string): void => {
    state.calls.push(call);
    for (const [start, words] of state.failing) if (call.startsWith(start)) throw new Error(words);
  };
  state.outside = {
    wrangler: async (args, secrets) => {
      await Promise.resolve();
      return wrangler(state, args, secrets ?? {});
    },
    request: async (url, init) => {
      await Promise.resolve();
      const version = new Headers(init?.headers).get("Cloudflare-Workers-Version-Overrides");
      note(`${init?.method ?? "GET"} ${url}${version === null ? "" : ` as ${version}`}`);
      return { status: init?.method === "POST" && url.endsWith("/e") ? 202 : 200, body: "ok" };
    },
    migrate: async (url, { allowDestructive }) => {
      await Promise.resolve();
      note(`migrate ${new URL(url).pathname}${allowDestructive ? " destructively" : ""}`);
      return [];
    },
    build: async () => note(await Promise.resolve("build")),
    writeFile: async (path, text) => void state.files.set(path, await Promise.resolve(text)),
    copy: async (from, to) => void state.files.set(to, await Promise.resolve(from)),
    pause: async (ms) => note(await Promise.resolve(`pause ${ms}`)),
    say: (line) => void state.said.push(line),
  };
  return state;
}

const GOOD: WranglerAnswer = { code: 0, stdout: "", stderr: "", records: [] };
const bad = (stderr: string): WranglerAnswer => ({ ...GOOD, code: 1, stderr });
const listed = (list: unknown): WranglerAnswer => ({ ...GOOD, stdout: `\n${JSON.stringify(list)}\n` });
const isThere = (is: boolean): WranglerAnswer => (is ? GOOD : bad("not found"));

function wrangler(
  state: PretendCloudflare,
  args: readonly string[],
  secrets: Readonly<Record<string, string>>,
): WranglerAnswer {
  const words = plainWords(args);
  const call = words.join(" ");
  const isQuestion = /\b(list|info)\b/.test(call);
  if (!isQuestion) state.calls.push(call);
  for (const [start, answer] of state.failing) if (call.startsWith(start)) return bad(answer);
  const answer = ANSWERS[words.slice(0, 2).join(" ")] ?? ANSWERS[words[0] ?? ""];
  return answer?.({ state, args, words, secrets }) ?? GOOD;
}

type Asked = {
  state: PretendCloudflare;
  args: readonly string[];
  /** Without flags. */
  words: readonly string[];
  secrets: Readonly<Record<string, string>>;
};

/** By the words that a command begins with; others are answered well. */
const ANSWERS: Readonly<Record<string, (asked: Asked) => WranglerAnswer>> = {
  "queues info": ({ state, words }) => isThere(state.queues.has(words[2] ?? "")),
  "queues create": ({ state, words }) => isThere(state.queues.add(words[2] ?? "").size > 0),
  "kv namespace": ({ state, words }) => namespaces(state, words),
  "r2 bucket": ({ state, words: [, , action, name = ""] }) =>
    isThere(action === "info" ? state.buckets.has(name) : state.buckets.add(name).size > 0),
  "pages project": ({ state, words: [, , action, name = ""] }) =>
    action === "list"
      ? listed([...state.projects].map((each) => ({ "Project Name": each })))
      : isThere(state.projects.add(name).size > 0),
  "pages deployment": ({ state }) => listed(state.pagesDeployments.map((Id) => ({ Id }))),
  "secret list": (asked) => ofWorker(asked, ({ secrets }) => [...secrets].map((name) => ({ name }))),
  "versions list": (asked) =>
    ofWorker(asked, ({ versions }) =>
      versions.map(({ id, tag }) => ({ id, annotations: { "workers/tag": tag } })),
    ),
  "deployments list": (asked) =>
    ofWorker(asked, ({ deployments }) => deployments.map((versions) => ({ versions }))),
  "versions upload": (asked) => upload(asked, { isDeployed: false }),
  "versions deploy": ({ state, args }) => deployVersions(state, args),
  deploy: (asked) => upload(asked, { isDeployed: true }),
};

type Worker = PretendCloudflare["workers"] extends Map<string, infer W> ? W : never;

function ofWorker({ state, args }: Asked, list: (worker: Worker) => unknown): WranglerAnswer {
  const worker = state.workers.get(args[args.indexOf("--name") + 1] ?? "");
  return worker === undefined
    ? bad("This Worker does not exist on your account. [code: 10007]")
    : listed(list(worker));
}

function namespaces(state: PretendCloudflare, words: readonly string[]): WranglerAnswer {
  if (words[2] === "list") return listed([...state.namespaces].map(([title, id]) => ({ title, id })));
  state.namespaces.set(words[3] ?? "", `id-of-${words[3]}`);
  return GOOD;
}

function upload({ state, args, secrets }: Asked, { isDeployed }: { isDeployed: boolean }): WranglerAnswer {
  const name = workerOf(args);
  const worker: Worker = state.workers.get(name) ?? { versions: [], deployments: [], secrets: new Set() };
  state.workers.set(name, worker);
  const id = `${name}-v${worker.versions.length + 1}`;
  worker.versions.push({ id, tag: args[args.indexOf("--tag") + 1] ?? "" });
  for (const secret of Object.keys(secrets)) worker.secrets.add(secret);
  if (isDeployed) worker.deployments.push([{ version_id: id, percentage: 100 }]);
  const record = isDeployed
    ? { type: "deploy", version_id: id }
    : { type: "version-upload", version_id: id, preview_url: `https://0a1b2c3d-${name}.sub.workers.dev` };
  return { ...GOOD, records: [{ type: "wrangler-session" }, record] };
}

function deployVersions(state: PretendCloudflare, args: readonly string[]): WranglerAnswer {
  const split = args.flatMap((arg) => {
    const [, id, percent] = /^(\S+)@(\d+)%$/.exec(arg) ?? [];
    return id === undefined ? [] : [{ version_id: id, percentage: Number(percent) }];
  });
  state.workers.get(workerOf(args))?.deployments.push(split);
  return GOOD;
}

/** As the rendered file names it. */
function workerOf(args: readonly string[]): string {
  const stage = /wrangler\.(\w+)\.rendered/.exec(args.join(" "))?.[1];
  const env = args[args.indexOf("--env") + 1] ?? "";
  return `waymark-${env}${stage === "production" ? "" : `-${stage}`}`;
}

function plainWords(args: readonly string[]): string[] {
  const left = new Set(["--config", "--message", "--tag", "--commit-message", "--name", "--format"]);
  return args.filter(
    (arg, index) =>
      !left.has(arg) &&
      !left.has(args[index - 1] ?? "") &&
      !["--json", "--yes", "--commit-dirty=true"].includes(arg),
  );
}
