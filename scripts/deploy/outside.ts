/** What wrangler answered: its code, what it printed, and the lines that it writes for programs. */
export type WranglerAnswer = {
  code: number;
  stdout: string;
  stderr: string;
  records: readonly Record<string, unknown>[];
};

export type HttpAnswer = { status: number; body: string };

/** Everything that a deployment does beyond thinking. Tests give one that only takes notes. */
export type Outside = {
  wrangler: (args: readonly string[], secrets?: Readonly<Record<string, string>>) => Promise<WranglerAnswer>;
  request: (url: string, init?: RequestInit) => Promise<HttpAnswer>;
  /** Brings a database up to date; the names of the migrations that were applied. */
  migrate: (databaseUrl: string, options: { allowDestructive: boolean }) => Promise<string[]>;
  /** Builds the pixel and the dashboard. */
  build: () => Promise<void>;
  writeFile: (path: string, text: string) => Promise<void>;
  /** Copies files or a folder of the project to another place in it, instead of what is there. */
  copy: (from: string, to: string) => Promise<void>;
  pause: (ms: number) => Promise<void>;
  /** One line for whoever watches. */
  say: (line: string) => void;
};
