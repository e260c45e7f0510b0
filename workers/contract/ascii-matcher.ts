import { asciiHost } from "./ascii-host.ts";
import type { Matcher } from "./campaigns.ts";

/** As it is asked for: a referrer in its own letters would never meet one, which browsers send without them. */
export function asciiMatcher({ kind, value }: Matcher): Matcher {
  return { kind, value: kind === "referrer" ? asciiAddress(value) : value };
}

/** A host, or a whole address, with its host as `asciiHost` writes it. */
function asciiAddress(address: string): string {
  return address.replace(
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]+)/i,
    (_, scheme: string | undefined, host: string) => `${scheme ?? ""}${asciiHost(host)}`,
  );
}
