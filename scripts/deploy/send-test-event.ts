import { systemIds } from "#platform/ids.ts";
import type { Context } from "./context.ts";

/** A browser's: what names itself a program is kept apart as a bot, and would prove nothing of the way. */
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const TRIES = 20;
const PAUSE_MS = 3000;

type Smoke = { app: string; collect: string; eventId: string };

/**
 * Sends one page view of the smoke site, if one is given, and waits until the event log has it, if a key is given. Throws
 * when collect does not take it, or when it is not stored after a minute.
 */
export async function sendTestEvent(context: Context): Promise<void> {
  const { outside, environment, config } = context;
  const site = environment["SMOKE_SITE_KEY"];
  if (site === undefined || site === "") return outside.say("SMOKE_SITE_KEY is not given: no event was sent");
  const { APP_ORIGIN: app = "", COLLECT_ORIGIN: collect = "" } = config.workers.env.api.vars;
  const now = new Date();
  const smoke = { app, collect, eventId: systemIds.uuid7(now) };
  await send(context, { ...smoke, site, now });
  const [key, siteId] = [environment["SMOKE_API_KEY"], environment["SMOKE_SITE_ID"]];
  if (key === undefined || siteId === undefined) return outside.say("collect took an event");
  await awaitStored(context, { ...smoke, key, siteId });
}

async function send(
  { outside, environment, release }: Context,
  { app, collect, eventId, site, now }: Smoke & { site: string; now: Date },
): Promise<void> {
  const page = environment["SMOKE_SITE_URL"] ?? app;
  const url = `${page}/?release=${encodeURIComponent(release)}`;
  const event = { id: eventId, type: "pageview", at: now.getTime(), url };
  const { status, body } = await outside.request(`${collect}/e`, {
    method: "POST",
    headers: {
      "content-type": "text/plain",
      origin: new URL(page).origin,
      "user-agent": USER_AGENT,
    },
    body: JSON.stringify({ v: 1, site, sentAt: now.getTime(), consent: "denied", events: [event] }),
  });
  if (status !== 202) throw new Error(`${collect}/e answers ${status}: ${body.slice(0, 300)}`);
}

async function awaitStored(
  { outside }: Context,
  { app, eventId, key, siteId }: Smoke & { key: string; siteId: string },
): Promise<void> {
  const log = `${app}/api/v1/sites/${siteId}/events?limit=100`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = await outside.request(log, { headers: { authorization: `Bearer ${key}` } });
    if (answer.status !== 200) throw new Error(`${log} answers ${answer.status}`);
    if (answer.body.includes(eventId)) return outside.say("an event went from collect into the event log");
    // oxlint-disable-next-line no-await-in-loop
    await outside.pause(PAUSE_MS);
  }
  throw new Error(`collect took the event ${eventId}, and the event log does not have it after a minute`);
}
