/** Hashes by Web Crypto, in the same words in a Worker and in Node. */
export type KeyedHash = {
  /** SHA-256 over the salt followed by the text. */
  saltedSha256(salt: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array>;
  hmacSha256(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array>;
};

export const webCryptoHash: KeyedHash = {
  async saltedSha256(salt, text) {
    const body = new TextEncoder().encode(text);
    const salted = new Uint8Array(salt.length + body.length);
    salted.set(salt);
    salted.set(body, salt.length);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", salted));
  },
  async hmacSha256(key, text) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text)));
  },
};
