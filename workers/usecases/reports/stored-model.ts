import type { ReportModel } from "#core/report/report-model.ts";
import { upgradeModel, type ReportModelV1 } from "#core/report/upgrade-model.ts";
import type { ReportStore } from "#platform/report-store.ts";
import { renderJson } from "#rendering/render-json.ts";

/** Keeps the model a report is made from, which is its JSON file. */
export async function writeModel(
  store: ReportStore,
  folder: string,
  model: ReportModel,
): Promise<{ key: string; sizeBytes: number }> {
  const bytes = renderJson(model);
  const { key } = await store.put({ accountId: folder, type: "json", bytes });
  return { key, sizeBytes: bytes.length };
}

/** The model kept under a key, in today's shape; null when the file is gone. */
export async function readModel(store: ReportStore, key: string): Promise<ReportModel | null> {
  const file = await store.get(key);
  if (file === null) return null;
  // Ours alone write below this key: what is there has a shape that it was written with.
  return upgradeModel(
    JSON.parse(new TextDecoder().decode(await file.bytes())) as ReportModel | ReportModelV1,
  );
}
