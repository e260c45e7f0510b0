import type { ReportModel } from "#core/report/report-model.ts";
import type { ReportStore } from "#platform/report-store.ts";

/** Keeps the model a report is made from, as JSON; answers its key. */
export async function writeModel(store: ReportStore, folder: string, model: ReportModel): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(model));
  const { key } = await store.put({ accountId: folder, type: "json", bytes });
  return key;
}

/** The model kept under a key; null when the file is gone. */
export async function readModel(store: ReportStore, key: string): Promise<ReportModel | null> {
  const file = await store.get(key);
  // Ours alone write below this key: what is there has the shape it was written with.
  return file === null ? null : (JSON.parse(new TextDecoder().decode(await file.bytes())) as ReportModel);
}
