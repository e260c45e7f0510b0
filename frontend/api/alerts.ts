import type {
  Alert,
  AlertChannel,
  AlertDetails,
  AlertRule,
  CreateChannelRequest,
  CreatedChannel,
  ReplacedSecret,
  SaveAlertRuleRequest,
  UpdateChannelRequest,
} from "#contract/alerts.ts";
import { call, invalidate, withParams } from "./client.ts";
import type { List } from "./paths.ts";

/** Whose alerts: an account's, with the site whose rules are shown, or those of whoever runs the installation. */
export type AlertPlace = { kind: "account"; siteId: string } | { kind: "operators" };

export type AlertList = List<Alert>;

const baseOf = (place: AlertPlace): string => (place.kind === "operators" ? "/admin" : "");

/** Addresses of the API, by whose they are. */
export const alertPaths = {
  alerts: (place: AlertPlace, query: { status: string; after?: string | null; limit?: number }) =>
    withParams(`${baseOf(place)}/alerts`, query),
  alert: (place: AlertPlace, alertId: string) => `${baseOf(place)}/alerts/${alertId}`,
  rules: (place: AlertPlace) =>
    place.kind === "operators" ? "/admin/alert-rules" : `/sites/${place.siteId}/alert-rules`,
  channels: (place: AlertPlace) => `${baseOf(place)}/alert-channels`,
} as const;

export const ALERT_SUMMARY = "/alerts/summary";

/** Says that it was seen; it is not repeated until it is over. */
export async function acknowledgeAlert(place: AlertPlace, alertId: string): Promise<void> {
  await call<AlertDetails>({ method: "POST", path: `${alertPaths.alert(place, alertId)}/acknowledge` });
  invalidate(`${baseOf(place)}/alerts`);
}

export async function saveRule(place: AlertPlace, kind: string, body: SaveAlertRuleRequest): Promise<void> {
  await call<AlertRule>({ method: "PUT", path: `${alertPaths.rules(place)}/${kind}`, body });
  invalidate(alertPaths.rules(place));
}

export async function resetRule(place: AlertPlace, kind: string): Promise<void> {
  await call<AlertRule>({ method: "DELETE", path: `${alertPaths.rules(place)}/${kind}` });
  invalidate(alertPaths.rules(place));
}

export async function createChannel(place: AlertPlace, body: CreateChannelRequest): Promise<CreatedChannel> {
  const made = await call<CreatedChannel>({ method: "POST", path: alertPaths.channels(place), body });
  invalidate(alertPaths.channels(place));
  return made;
}

export async function updateChannel(
  place: AlertPlace,
  channelId: string,
  body: UpdateChannelRequest,
): Promise<void> {
  await call<AlertChannel>({ method: "PATCH", path: `${alertPaths.channels(place)}/${channelId}`, body });
  invalidate(alertPaths.channels(place));
}

export async function deleteChannel(place: AlertPlace, channelId: string): Promise<void> {
  await call<void>({ method: "DELETE", path: `${alertPaths.channels(place)}/${channelId}` });
  invalidate(alertPaths.channels(place));
}

export async function testChannel(place: AlertPlace, channelId: string): Promise<void> {
  await call<AlertChannel>({ method: "POST", path: `${alertPaths.channels(place)}/${channelId}/test` });
  invalidate(alertPaths.channels(place));
}

export async function replaceSecret(place: AlertPlace, channelId: string): Promise<ReplacedSecret> {
  return await call<ReplacedSecret>({
    method: "POST",
    path: `${alertPaths.channels(place)}/${channelId}/secret`,
  });
}
