import { guarded, listen } from "./guarded.ts";
import { enqueue, flush, type EventDraft, type PageEventDraft } from "./outbox.ts";
import { snippet } from "./settings.ts";

/** Long enough for a page to set its title and to finish a chain of redirects, short enough not to be left. */
const SETTLE_MS = 99;

let lastUrl: string | undefined;

/** Counts a page view if the address is a new one, or when told to. */
export const viewPage = (isForced?: unknown): void => {
  // Without an anchor, which is no page and may hold a token, but with a route (`#/`, `#!`).
  const url = location.href.split(/#(?![/!])/)[0] as string;
  if (url !== lastUrl || isForced) {
    enqueue({
      type: "pageview",
      url,
      referrer: lastUrl || document.referrer,
      title: document.title,
      campaign: snippet.campaign,
      promoCode: snippet.promo,
    });
  }
  lastUrl = url;
};

/** Records an event of this page, after the view of the page itself. */
export const record = (draft: PageEventDraft): void => {
  viewPage();
  enqueue({ url: lastUrl, ...draft } as EventDraft);
};

/**
 * A chance to count the page and to send what waits. A tab opened in the background is no view until it is looked
 * at; a page that comes back from the back/forward cache is one more.
 */
export const takeChance = (event?: { persisted?: boolean }): void => {
  if (!document.hidden) viewPage(event?.persisted);
  flush();
};

const settle = (): unknown => setTimeout(guarded(takeChance), SETTLE_MS);

export const watchPages = (): void => {
  (["pushState", "replaceState"] as const).map((name) => {
    const original = history[name];
    history[name] = (...args) => {
      original.apply(history, args);
      settle();
    };
  });
  listen("popstate", settle);
  listen("online pageshow visibilitychange", takeChance);
};
