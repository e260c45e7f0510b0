/**
 * The header that proves a message is ours: `t=<seconds>,v1=<hex>`, where the second is HMAC-SHA256 of `<t>.<body>` with
 * the channel's secret as UTF-8. While a secret is being replaced there are two, and either proves it.
 */
export async function webhookSignature(
  body: string,
  { secrets, at }: { secrets: readonly string[]; at: Date },
): Promise<string> {
  const seconds = Math.floor(at.getTime() / 1_000);
  const proofs = await Promise.all(
    secrets.map(async (secret) => await hmacHex(secret, `${seconds}.${body}`)),
  );
  return [`t=${seconds}`, ...proofs.map((proof) => `v1=${proof}`)].join(",");
}

async function hmacHex(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
  return Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
