/** IANA zones and ISO currencies as the browser knows them: no list of ours to grow old. */

/** Every zone; the given one first if the browser does not list it, because it may be an alias. */
export function timeZoneOptions(current: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf("timeZone");
  const zones = known.includes(current) ? known : [current, ...known];
  const all = zones.includes("UTC") ? zones : ["UTC", ...zones];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));
}

const names = new Intl.DisplayNames("en", { type: "currency" });

/** "EUR, Euro". */
export function currencyOptions(current: string): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf("currency");
  const codes = known.includes(current) ? known : [current, ...known];
  return codes.map((code) => ({ value: code, label: `${code}, ${names.of(code) ?? code}` }));
}

/** The zone of the person in front of the screen. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const EURO_ZONE =
  /^Europe\/(Amsterdam|Athens|Berlin|Bratislava|Brussels|Dublin|Helsinki|Lisbon|Ljubljana|Luxembourg|Madrid|Malta|Paris|Riga|Rome|Tallinn|Vienna|Vilnius|Zagreb)$/;

/** A first guess that can be changed. */
export function likelyCurrency(zone: string): string {
  if (EURO_ZONE.test(zone)) return "EUR";
  const byZone: Readonly<Record<string, string>> = {
    "Europe/London": "GBP",
    "Europe/Zurich": "CHF",
    "Europe/Warsaw": "PLN",
    "Europe/Stockholm": "SEK",
    "Europe/Oslo": "NOK",
    "Europe/Copenhagen": "DKK",
    "Europe/Prague": "CZK",
    "Asia/Tokyo": "JPY",
    "Australia/Sydney": "AUD",
  };
  return byZone[zone] ?? (zone.startsWith("America/") ? "USD" : "EUR");
}
