const digit = (): string => ((crypto.getRandomValues(new Uint8Array(1))[0] as number) % 16).toString(16);

/**
 * A UUIDv7 of this moment. `crypto.randomUUID` would be no v7, and is missing on plain http. The variant's two free
 * bits stay 0: 72 random bits a millisecond are plenty. The time has eleven hex digits until the year 2527.
 */
export function newId(): string {
  const time = "0" + Date.now().toString(16);
  return time.replace(/.{4}$/, "-$&-7xxx-8xxx-xxxxxxxxxxxx").replace(/x/g, digit);
}
