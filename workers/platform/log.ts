import { scrubFacts } from "#core/operations/scrub-facts.ts";
import type { Meter } from "./meter.ts";

/** One structured line: facts for whoever runs this, never personal data, secrets or statement parameters. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;
export type LogLevel = "info" | "warn" | "error";
export type Log = (level: LogLevel, event: string, facts: LogFacts) => void;

/** Lines of JSON on the console, which the platform collects. `common` is in each of them. */
export function consoleLog(worker: string, common: LogFacts = {}): Log {
  return (level, event, facts) => {
    const line = JSON.stringify({ level, worker, event, ...scrubFacts({ ...common, ...facts }) });
    // eslint-disable-next-line no-console -- the console is the platform's log.
    console[level](line);
  };
}

/** The same log, with these facts in each line that does not say otherwise. */
export function logWith(log: Log, common: LogFacts): Log {
  return (level, event, facts) => log(level, event, { ...common, ...facts });
}

/** The same log, whose errors the meter counts, too, as it does warnings that name an error. */
export function watchedLog(log: Log, meter: Pick<Meter, "failure">): Log {
  return (level, event, facts) => {
    log(level, event, facts);
    if (level === "info" || (level === "warn" && facts["error"] === undefined)) return;
    meter.failure({
      event,
      name: textOf(facts["error"] ?? facts["reason"]) ?? event,
      message: textOf(facts["message"]) ?? textOf(facts["sqlState"]) ?? "",
      requestId: textOf(facts["requestId"]),
    });
  };
}

function textOf(fact: LogFacts[string] | undefined): string | null {
  return fact === undefined || fact === null ? null : String(fact);
}
