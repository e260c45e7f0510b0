import { numberOf, numbersOf, type AlertNumbers } from "#core/alerts/alert-parameters.ts";
import { judgeConversions, judgeSilence } from "#core/alerts/judge-rhythm.ts";
import { measureConversions } from "#db/queries/alerts/measure-conversions.ts";
import { measureSilence } from "#db/queries/alerts/measure-silence.ts";
import type { DatabaseLook } from "./measure-database.ts";
import { goneOf, MINUTE_MS, openOf, type Measured } from "./measured.ts";

/** Sites of a database that are silent, whether they usually are or not, and those with an open alert. */
export async function measureSilentSites(
  { db, at, ...open }: DatabaseLook,
  isIngestStalled: boolean,
): Promise<Measured[]> {
  const alerts = openOf(open, ["site-silent"]);
  const sites = await measureSilence(db, { at, openSiteIds: alerts.flatMap(({ siteId }) => siteId ?? []) });
  const measured = sites.map((site) => ({
    ...ofSite("site-silent", site),
    database: open.database,
    everyMs: MINUTE_MS,
    judge: (numbers: AlertNumbers) => judgeSilence({ ...site, atMs: at.getTime(), isIngestStalled }, numbers),
  }));
  return [...measured, ...goneOf(alerts, measured)];
}

/** A tenth of the sites a minute: their hours change once in an hour. */
const TURNS = 10;

/** Conversions of the sites of a database whose turn it is, and of those with an open alert. */
export async function measureConversionDrops(
  { db, at, ...open }: DatabaseLook,
  hoursOf: readonly { siteId: number; hours: number }[],
): Promise<Measured[]> {
  const alerts = openOf(open, ["conversion-drop"]);
  const sites = await measureConversions(db, {
    at,
    share: { of: TURNS, remainder: Math.floor(at.getTime() / MINUTE_MS) % TURNS },
    openSiteIds: alerts.flatMap(({ siteId }) => siteId ?? []),
    hours: numberOf(numbersOf("conversion-drop", null), "hours"),
    hoursOf,
  });
  const measured = sites.map((site) => ({
    ...ofSite("conversion-drop", site),
    database: open.database,
    everyMs: TURNS * MINUTE_MS,
    judge: (numbers: AlertNumbers) => judgeConversions(site, numbers),
  }));
  return [...measured, ...goneOf(alerts, measured)];
}

type OfSite = { siteId: number; accountId: number; publicId: string; name: string };

function ofSite<Kind extends Measured["kind"]>(kind: Kind, { siteId, accountId, publicId, name }: OfSite) {
  return { kind, siteId, accountId, subject: "", site: { publicId, name } };
}
