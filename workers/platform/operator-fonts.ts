import type { Log } from "./log.ts";

/** The part of an `R2Bucket` binding that is used. */
export type FontBucket = { get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null> };

export type OperatorFonts = {
  readonly bucket: FontBucket;
  /** Keys of TrueType files in the bucket, separated by commas, in the order in which they are asked. */
  readonly keys: string | undefined;
  readonly log: Log;
};

/**
 * The operator's fonts for scripts that the report's own lack. They are megabytes, so they are fetched when first asked
 * for and kept by the isolate. One that is not there is logged and left out: its letters are then replaced and listed.
 */
export function operatorFonts({ bucket, keys, log }: OperatorFonts): () => Promise<readonly ArrayBuffer[]> {
  const wanted = (keys ?? "")
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  let kept: readonly ArrayBuffer[] | undefined;
  return async () => {
    if (kept !== undefined) return kept;
    const fonts: ArrayBuffer[] = [];
    for (const key of wanted) {
      const object = await bucket.get(key);
      if (object === null) log("error", "report_font_missing", { key });
      else fonts.push(await object.arrayBuffer());
    }
    if (fonts.length === wanted.length) kept = fonts;
    return fonts;
  };
}
