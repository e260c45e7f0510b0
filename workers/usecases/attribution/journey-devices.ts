import type { Journey } from "#contract/glass-box.ts";
import type { ItemTouchpoint } from "#db/queries/attribution/item-touchpoints.ts";
import type { JourneyTraces } from "#db/queries/attribution/journey-traces.ts";

/** Visitor ids as numbers of devices: nothing that names a visitor leaves. */
export type Devices = {
  shown: Journey["devices"];
  numberOf(visitorId: string | null): number;
  ofTouchpoint(touchpoint: ItemTouchpoint): number;
};

type Trace = { visitorId: string; atMs: number };
const UNKNOWN = { device: null, browser: null, os: null };

/** Numbers the devices of a journey from 1, in the order of their first trace; the conversion's own comes last if it left none. */
export function numberDevices({ contacts, visits, conversion, identifications }: JourneyTraces): Devices {
  const traces: Trace[] = [
    ...visits.map(({ visitorId, startedAtMs }) => ({ visitorId, atMs: startedAtMs })),
    ...identifications,
  ];
  const inOrder = traces.toSorted((a, b) => a.atMs - b.atMs).map(({ visitorId }) => visitorId);
  const others = contacts.map(({ visitorId }) => visitorId);
  const own = conversion.visitorId === null ? [] : [conversion.visitorId];
  const ids = [...new Set([...inOrder, ...others, ...own])];
  const numbers = new Map(ids.map((id, i) => [id, i + 1]));
  const ofContact = new Map(
    contacts.map(({ touchpointId, rank, visitorId }) => [`${touchpointId}/${rank}`, visitorId]),
  );
  const numberOf = (visitorId: string | null) => numbers.get(visitorId ?? "") ?? 1;
  return {
    shown: ids.map((id, i) => ({ number: i + 1, ...agentOf(id, visits) })),
    numberOf,
    ofTouchpoint: ({ touchpointId, rank }) => numberOf(ofContact.get(`${touchpointId}/${rank}`) ?? null),
  };
}

function agentOf(id: string, visits: JourneyTraces["visits"]): Omit<Journey["devices"][number], "number"> {
  const latest = visits.findLast(({ visitorId }) => visitorId === id);
  return latest ? { device: latest.device, browser: latest.browser, os: latest.os } : UNKNOWN;
}
