/** The time inside the latest id. */
export let lastMs = 0;

/**
 * A UUIDv7 of this moment, or of a little later if the page has made one already: ids sort as they were made.
 * `crypto.randomUUID` would be no v7, and is missing on plain http. An id is no secret, it has to be unlike others only:
 * 18 decimal digits of `Math.random` a millisecond, about 60 bits, are plenty. The time has eleven hex digits until the
 * year 2527.
 */
export const newId = (): string => {
  lastMs = Math.max(lastMs + 1, Date.now());
  return ("0" + lastMs.toString(16))
    .replace(/.{4}$/, "-$&-7xxx-8xxx-xxxxxxxxxxxx")
    .replace(/x/g, () => ((Math.random() * 10) | 0) as unknown as string);
};
