import { logoKey } from "#core/report/logo-key.ts";

/** The logos of accounts, named by their content. They are read by the store of reports. */
export type LogoStore = {
  /** Keeps an image; the same bytes are one. The id is its name within the account. */
  put(logo: { accountId: number; type: "png" | "jpg"; bytes: Uint8Array }): Promise<{ id: string }>;
  has(logo: { accountId: number; id: string }): Promise<boolean>;
};

/** The part of an `R2Bucket` binding that is used. */
export type LogoBucket = {
  put(key: string, value: Uint8Array, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
  head(key: string): Promise<object | null>;
};

const CONTENT_TYPES = { png: "image/png", jpg: "image/jpeg" } as const;

export function logoStore(bucket: LogoBucket): LogoStore {
  return {
    async put({ accountId, type, bytes }) {
      const id = `${await sha256Hex(bytes)}.${type}`;
      await bucket.put(logoKey(accountId, id), bytes, { httpMetadata: { contentType: CONTENT_TYPES[type] } });
      return { id };
    },
    async has({ accountId, id }) {
      return (await bucket.head(logoKey(accountId, id))) !== null;
    },
  };
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
