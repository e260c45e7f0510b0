import type { AttributionReady } from "#contract/attribution.ts";
import type { GroupName } from "#contract/glass-box.ts";
import type { Model } from "#core/attribution/models.ts";
import type { RunItem } from "#core/attribution/runs/run-item.ts";
import type { RunSpend } from "#core/attribution/runs/run-spend.ts";
import type { RateInForce } from "#core/money/rates-in-force.ts";
import type { ItemPart } from "#db/queries/attribution/journey.ts";
import type { RunQuestion } from "#db/queries/runs/run-record.ts";
import type { VersionVector } from "#db/queries/runs/run-versions.ts";
import type { ReportStore } from "#platform/report-store.ts";

/** What a group got of all items of a run: exact in minor units. */
export type GroupSum = [group: string, conversions: number, revenueMinor: number];

/** A run as it is kept: never written a second time. It names groups, conversions and events, and no visitor. */
export type RunObject = {
  v: 1;
  question: RunQuestion;
  models: Model[];
  site: { publicId: string; currency: string; timeZone: string };
  versions: VersionVector;
  /** What money was converted with, day by day. */
  rates: RateInForce[];
  /** What the workbench showed. */
  answer: AttributionReady;
  spend: RunSpend[];
  names: Record<string, GroupName>;
  sums: Partial<Record<Model, GroupSum[]>>;
  /** Where each day's items are; days without any are missing. */
  days: RunDayPart[];
};

/** Items of a day: all of them, or those of one part, by their ids. */
export type RunDayPart = { day: string; key: string; items: number; part?: ItemPart };

type RunDay = { v: 1; day: string; items: RunItem[] };

/** Keeps a day's items; the same items have the same name in every run but for its folder. */
export async function writeRunDay(
  store: ReportStore,
  folder: string,
  day: Omit<RunDay, "v">,
): Promise<string> {
  return await write(store, folder, { v: 1, ...day });
}

/** Keeps a run; answers its key. */
export async function writeRunObject(store: ReportStore, folder: string, object: RunObject): Promise<string> {
  return await write(store, folder, object);
}

async function write(store: ReportStore, folder: string, value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return (await store.put({ accountId: folder, type: "json", bytes })).key;
}

/** The run kept under a key; null when it is gone. */
export async function readRunObject(store: ReportStore, key: string): Promise<RunObject | null> {
  return (await read(store, key)) as RunObject | null;
}

/** The items of a day of a run. Throws when they are gone: only a deleted run loses them. */
export async function readRunItems(store: ReportStore, key: string): Promise<RunItem[]> {
  const day = (await read(store, key)) as RunDay | null;
  if (day === null) throw new Error(`The items of a run are gone: ${key}`);
  return day.items;
}

async function read(store: ReportStore, key: string): Promise<unknown> {
  const file = await store.get(key);
  // Ours alone write below these keys: what is there has the shape it was written with.
  return file === null ? null : JSON.parse(new TextDecoder().decode(await file.bytes()));
}

/** What the content of an object is called, whichever run's it is. */
export function contentName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** Takes an object away with all it refers to, but for what another one refers to as well. */
export async function deleteRunObject(
  store: ReportStore,
  key: string,
  shared: ReadonlySet<string> = new Set(),
): Promise<void> {
  const object = await readRunObject(store, key);
  const own = (object?.days ?? []).filter((day) => !shared.has(day.key));
  // The object last: as long as it is there a second try finds the rest.
  await Promise.all(own.map(async (day) => await store.delete(day.key)));
  await store.delete(key);
}
