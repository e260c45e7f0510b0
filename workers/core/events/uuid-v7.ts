const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME_HEX_DIGITS = 12;
const UUID_BYTES = 16;
const RANDOM_BYTES = 10;
const MAX_TIME_MS = 2 ** 48 - 1;

/** Lower-case hex, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of an even number of hex digits; null when it is anything else. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16),
  );
}

/** The first 16 bytes written as a uuid: how a 128-bit hash stands in a `uuid` column. No version bits are set. */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length < UUID_BYTES)
    throw new RangeError(`A uuid needs ${UUID_BYTES} bytes, not ${bytes.length}`);
  return withDashes(toHex(bytes.subarray(0, UUID_BYTES)));
}

/** A UUIDv7 (RFC 9562 §5.7) of this instant, from 10 random bytes of which 74 bits are kept. */
export function makeUuidV7(timeMs: number, randomBytes: Uint8Array): string {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs > MAX_TIME_MS) {
    throw new RangeError(`A UUIDv7 holds whole milliseconds up to 2^48, not ${timeMs}`);
  }
  if (randomBytes.length < RANDOM_BYTES) throw new RangeError(`A UUIDv7 needs ${RANDOM_BYTES} random bytes`);

  const random = Uint8Array.from(randomBytes.subarray(0, RANDOM_BYTES));
  random[0] = ((random[0] ?? 0) & 0x0f) | 0x70;
  random[2] = ((random[2] ?? 0) & 0x3f) | 0x80;
  return withDashes(timeMs.toString(16).padStart(TIME_HEX_DIGITS, "0") + toHex(random));
}

/** Whether this is a lower-case uuid of any version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The Unix milliseconds inside a lower-case UUIDv7; null when it is no UUIDv7. */
export function uuidV7TimeMs(id: string): number | null {
  if (!UUID_V7.test(id)) return null;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function withDashes(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
