export type ReportFileType = "pdf" | "xlsx" | "csv" | "zip" | "json";

export type StoredFile = {
  contentType: string;
  sizeBytes: number;
  /** The file as a stream, for a download. */
  body: ReadableStream;
  /** The same as bytes, for an attachment; use one of the two. */
  bytes(): Promise<Uint8Array>;
};

/**
 * The files of reports, named by their content: writing the same bytes twice keeps one object, so a step that is
 * repeated changes nothing. Two reports of an account may share a file: delete one only when no row holds its key.
 */
export type ReportStore = {
  /** Keeps the file as `reports/<account>/<sha256>.<type>` and answers that key. */
  put(file: { accountId: string; type: ReportFileType; bytes: Uint8Array }): Promise<{ key: string }>;
  /** Null when there is no such file. */
  get(key: string): Promise<StoredFile | null>;
  delete(key: string): Promise<void>;
};

/** The part of an `R2Bucket` binding that is used. */
export type ReportBucket = {
  put(key: string, value: Uint8Array, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
  get(key: string): Promise<{
    body: ReadableStream;
    size: number;
    httpMetadata?: { contentType?: string | undefined } | undefined;
    arrayBuffer(): Promise<ArrayBuffer>;
  } | null>;
  delete(key: string): Promise<void>;
};

const CONTENT_TYPES: { readonly [type in ReportFileType]: string } = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  zip: "application/zip",
  json: "application/json",
};

export function reportStore(bucket: ReportBucket): ReportStore {
  return {
    async put({ accountId, type, bytes }) {
      const key = `reports/${accountId}/${await sha256Hex(bytes)}.${type}`;
      await bucket.put(key, bytes, { httpMetadata: { contentType: CONTENT_TYPES[type] } });
      return { key };
    },
    async get(key) {
      const object = await bucket.get(key);
      if (object === null) return null;
      return {
        contentType: object.httpMetadata?.contentType ?? "application/octet-stream",
        sizeBytes: object.size,
        body: object.body,
        bytes: async () => new Uint8Array(await object.arrayBuffer()),
      };
    },
    async delete(key) {
      await bucket.delete(key);
    },
  };
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
