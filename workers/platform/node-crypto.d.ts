/** The few functions of Node's crypto that Workers have and we use; Node's other globals stay unknown here. */
declare module "node:crypto" {
  type ScryptOptions = { N: number; r: number; p: number; maxmem: number };
  export function scrypt(
    password: string,
    salt: Uint8Array,
    keyLength: number,
    options: ScryptOptions,
    done: (error: Error | null, key: Uint8Array) => void,
  ): void;
  export function randomBytes(size: number): Uint8Array;
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
  export function createHash(algorithm: "sha256"): Hash;
  type Hash = { update(text: string): Hash; digest(encoding: "hex"): string };
}
