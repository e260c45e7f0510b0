import { obey } from "./commands.ts";
import { guarded, listen } from "./guarded.ts";
import { watchInteractions } from "./interactions.ts";
import { planFlush } from "./outbox.ts";
import { viewPage, watchPages } from "./page-views.ts";
import { site } from "./settings.ts";

type Args = ArrayLike<unknown> & Iterable<unknown>;
type Waymark = ((...args: unknown[]) => void) & { q?: Args[]; on?: true };

const page = window as { waymark?: Waymark };
/** Commands of before this script, or of before a prerendered page was shown. */
const waiting: Args[] = page.waymark?.q || [];
let act = (args: Args): unknown => waiting.push(args);

function install(): void {
  const waymark: Waymark = (...args) => act(args);
  waymark.on = true;
  page.waymark = waymark;
  whenShown("prerenderingchange", (document as { prerendering?: boolean }).prerendering, start);
}

function start(): void {
  act = guarded(obey);
  watchPages();
  watchInteractions();
  for (const chance of ["online", "pageshow", "visibilitychange"]) listen(window, chance, planFlush);
  waiting.forEach(act);
  // A tab opened in the background is no view until it is looked at. What is recorded there brings its view along.
  whenShown("visibilitychange", document.hidden, () => viewPage());
}

function whenShown(change: string, isWaiting: boolean | undefined, work: () => void): void {
  if (isWaiting) document.addEventListener(change, guarded(work), { once: true });
  else work();
}

// The snippet may be on a page twice; the page is counted once.
if (site && !page.waymark?.on) guarded(install)();
