export type ReasonWords = { label: string; what: string; todo: string };

const REJECTED: Readonly<Record<string, ReasonWords>> = {
  invalid_event: {
    label: "Wrong shape",
    what: "A field is missing, of a wrong type, or too long.",
    todo: "Compare what you send with the API docs; the answer to the sender names the field.",
  },
  invalid_id: {
    label: "Unusable id",
    what: "The event id is no UUIDv7, or its time is further than 400 days back or a day ahead.",
    todo: "Make a fresh id for each event; for old events set the time in “at”.",
  },
  invalid_type: {
    label: "Unknown type",
    what: "The type is none that Waymark knows.",
    todo: "Send it as “custom” with a name of your own.",
  },
  invalid_url: {
    label: "Unusable address",
    what: "The page's address is no http or https address.",
    todo: "Pages opened from a file or inside an app have none: leave it out there.",
  },
  invalid_value: {
    label: "Unusable amount",
    what: "The amount is negative, no number, or larger than whole minor units can hold.",
    todo: "Send major units with a point, such as 49.90. A refund is an event of its own.",
  },
  invalid_currency: {
    label: "Unknown currency",
    what: "The currency is none of ISO 4217, or the code is written another way.",
    todo: "Send EUR, not €. Without one the site's currency is taken.",
  },
  invalid_props: {
    label: "Too many properties",
    what: "More than 30 properties, more than 4 kB, or nested values.",
    todo: "Send single values only, and fewer of them.",
  },
  not_allowed: {
    label: "Not from a browser",
    what: "Refunds are taken from servers with an API key, never from a page.",
    todo: "Send refunds from your shop's server.",
  },
  no_consent: {
    label: "No consent",
    what: "The visitor has not consented, and this site counts nothing then.",
    todo: "Nothing, if that is what you want. Settings, Privacy offers counting without recognising.",
  },
  erased: {
    label: "Erased visitor",
    what: "The event belongs to a visitor whose data was erased, and came afterwards.",
    todo: "Nothing: it must not come back.",
  },
  opted_out: {
    label: "Opted out",
    what: "The visitor asked not to be counted at all.",
    todo: "Nothing: it is their choice.",
  },
  unknown_campaign: {
    label: "Unknown campaign",
    what: "The event names a campaign that this site does not have.",
    todo: "Name the campaign first, or send its id.",
  },
  too_old: {
    label: "Too old",
    what: "The event lies before the days whose raw data has expired.",
    todo: "Nothing: figures of sealed days never change.",
  },
};

/** A code of the ledger in words; one that is newer than this page keeps its own name. */
export function rejectedWords(code: string): ReasonWords {
  return (
    REJECTED[code] ?? {
      label: code,
      what: "Refused under this code.",
      todo: "See the API docs for what it means.",
    }
  );
}

const REFUSED: Readonly<Record<string, ReasonWords>> = {
  origin_not_allowed: {
    label: "Not from an allowed page",
    what: "The page that sent it is on none of the origins that this site allows.",
    todo: "Add its origin in Settings if it is yours; else somebody has copied your snippet.",
  },
  rate_limited: {
    label: "Too many at once",
    what: "One address, or the whole site, sent more than is taken in a minute. The pixel sends again later.",
    todo: "Nothing, unless it goes on: then look for a page that reports in a loop.",
  },
  nothing_usable: {
    label: "Nothing usable in it",
    what: "Every event of the body was wrong; the answer to the sender names the fields.",
    todo: "Compare what you send with the API docs.",
  },
  no_consent: {
    label: "Without consent",
    what: "This site records nothing without consent, and an image can bring none along.",
    todo: "Nothing: this is what the site's settings say.",
  },
  not_durable: {
    label: "Could not be kept at that moment",
    what: "Neither queue nor storage took it. The pixel keeps its events and sends them again.",
    todo: "Nothing on your side.",
  },
  config_unavailable: {
    label: "Could not be looked up at that moment",
    what: "The site's settings could not be read at the edge. The pixel sends again.",
    todo: "Nothing on your side.",
  },
};

/** Why a whole request was refused, in words; a code that is newer than this page keeps its own name. */
export function refusedWords(code: string): ReasonWords {
  return REFUSED[code] ?? { ...rejectedWords(code), label: code };
}

const BOTS: Readonly<Record<string, Omit<ReasonWords, "todo">>> = {
  head: { label: "Only asked, did not open", what: "HEAD requests: programs that test a link." },
  prefetch: {
    label: "Fetched ahead",
    what: "A browser or mail program loaded the page before anybody opened it.",
  },
  no_user_agent: { label: "Without a name", what: "The request does not say what program it is." },
  scanner: { label: "Security scanner", what: "Opens links to look for malware; not the person." },
  scanner_path: {
    label: "Looks for weaknesses",
    what: "Asks for files that only an attacker looks for.",
  },
  known: { label: "Known bot", what: "Names itself as a crawler or tool." },
  headless: { label: "Browser without a screen", what: "A browser run by a program." },
  referrer_spam: {
    label: "Referrer spam",
    what: "Names a referrer that is known for advertising itself in reports.",
  },
};

export type BotWords = { label: string; detail: string | null; what: string };

/** `known:Googlebot` → "Known bot", "Googlebot". */
export function botWords(reason: string): BotWords {
  const cut = reason.indexOf(":");
  const kind = cut === -1 ? reason : reason.slice(0, cut);
  const words = BOTS[kind];
  if (!words) return { label: reason, detail: null, what: "Kept apart for this reason." };
  return { ...words, detail: cut === -1 ? null : reason.slice(cut + 1) };
}
