import { obey } from "./commands.ts";
import { guarded, listen } from "./guarded.ts";
import { watchInteractions } from "./interactions.ts";
import { takeChance, watchPages } from "./page-views.ts";
import { site } from "./settings.ts";

type Args = Iterable<unknown>;
type Waymark = ((...args: unknown[]) => void) & { q?: Args[]; on?: unknown };

const page = window as { waymark?: Waymark };
const stub = page.waymark;
/** Commands of before this script, or of before a prerendered page was shown. */
const waiting = stub?.q || [];
let act = (args: Args): unknown => waiting.push(args);

function start(): void {
  act = guarded(obey);
  watchPages();
  watchInteractions();
  waiting.forEach(act);
  takeChance();
}

// The snippet may be on a page twice; the page is counted once.
if (site && !stub?.on) {
  page.waymark = (...args) => act(args);
  page.waymark.on = 1;
  if ((document as { prerendering?: boolean }).prerendering) listen("prerenderingchange", start);
  else start();
}
