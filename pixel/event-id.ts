/** A UUIDv7 of this moment. `crypto.randomUUID` would be no v7, and is missing on plain http. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) =>
    (byte % 16).toString(16),
  ).join("");
  // The variant's free two bits stay 0: 72 random bits a millisecond are plenty.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
}
