import { obey, type Command } from "./commands.ts";
import { choose } from "./device.ts";
import { guarded, listen } from "./guarded.ts";
import { watchInteractions } from "./interactions.ts";
import { takeChance, watchPages } from "./page-views.ts";
import { snippet } from "./settings.ts";

type Waymark = ((...args: Command) => void) & { q?: Command[]; on?: unknown };

declare global {
  interface Window {
    waymark?: Waymark;
  }
}

const stub = self.waymark;
/** Commands of before this script, or of before a prerendered page was shown. */
const waiting = stub?.q || [];

const start = (): void => {
  watchPages();
  watchInteractions();
  // From now on a command is obeyed, not kept.
  waiting.map((waiting.push = guarded(obey) as never));
  takeChance();
};

// The snippet may be on a page twice; the page is counted once.
if (snippet.site && !stub?.on) {
  // What another tab was told holds here at once.
  listen("storage", () => choose());
  (self.waymark = ((...args) => waiting.push(args)) as Waymark).on = 1;
  if ((document as { prerendering?: boolean }).prerendering) listen("prerenderingchange", start);
  else start();
}
