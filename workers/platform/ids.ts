/** Randomness and identifiers, passed in wherever they are needed. */
export type Ids = {
  /** A UUIDv7 for this instant: sorts by time. */
  uuid7(at: Date): string;
  /** `<prefix>_` and a UUIDv7 in 22 base-58 characters: the public id of a resource. */
  publicId(prefix: string, at: Date): string;
  /** Random bytes as lower-case hex. */
  secretHex(bytes: number): string;
  /** A random word of `length` characters from an alphabet without look-alikes. */
  word(length: number): string;
};

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const WORD_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function uuid7(at: Date): string {
  const random = hex(crypto.getRandomValues(new Uint8Array(10)));
  const time = at.getTime().toString(16).padStart(12, "0");
  const variant = ((Number.parseInt(random.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

function base58(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let text = "";
  while (text.length < 22) {
    text = (BASE58[Number(rest % 58n)] ?? "1") + text;
    rest /= 58n;
  }
  return text;
}

/** Characters drawn without bias: bytes beyond the last whole multiple of the alphabet are thrown away. */
function word(length: number): string {
  const limit = 256 - (256 % WORD_ALPHABET.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < limit && text.length < length) text += WORD_ALPHABET[byte % WORD_ALPHABET.length];
    }
  }
  return text;
}

export const systemIds: Ids = {
  uuid7,
  publicId: (prefix, at) => `${prefix}_${base58(uuid7(at))}`,
  secretHex: (bytes) => hex(crypto.getRandomValues(new Uint8Array(bytes))),
  word,
};
