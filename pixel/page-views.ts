import { listen } from "./guarded.ts";
import { enqueue, type EventDraft, type PageEventDraft } from "./outbox.ts";
import { campaign, promoCode } from "./settings.ts";

const MAX_URL = 4096;
/** Long enough for a page to set its title and to finish a chain of redirects, short enough not to be left. */
const SETTLE_MS = 50;

let lastUrl: string | undefined;

/** The address without an anchor – it is not a page, and may hold a token – but with a route (`#/`, `#!`). */
const address = (): string => location.href.replace(/#(?![/!]).*/, "").slice(0, MAX_URL);

/** Counts a page view if the address is a new one, or when told to. */
export function viewPage(isForced?: boolean): void {
  const url = address();
  if (url === lastUrl && !isForced) return;
  const referrer = (lastUrl ?? document.referrer).slice(0, MAX_URL) || undefined;
  lastUrl = url;
  enqueue({ type: "pageview", url, referrer, title: document.title, campaign, promoCode });
}

/** Records an event of this page, after the view of the page itself. */
export function record(draft: PageEventDraft): void {
  viewPage();
  enqueue({ url: lastUrl, ...draft } as EventDraft);
}

export function watchPages(): void {
  const settled = (): unknown => setTimeout(() => viewPage(), SETTLE_MS);
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      settled();
    };
  }
  listen(window, "popstate", settled);
  listen(window, "pageshow", ({ persisted }: PageTransitionEvent) => persisted && viewPage(true));
}
