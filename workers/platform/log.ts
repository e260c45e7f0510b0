/** One structured line: facts for whoever runs this, never personal data, secrets or statement parameters. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;
export type LogLevel = "info" | "warn" | "error";
export type Log = (level: LogLevel, event: string, facts: LogFacts) => void;

/** Lines of JSON on the console, which the platform collects. */
export function consoleLog(worker: string): Log {
  return (level, event, facts) => {
    const line = JSON.stringify({ level, worker, event, ...facts });
    // eslint-disable-next-line no-console -- the console is the platform's log.
    console[level](line);
  };
}
