/**
 * For waits that say what comes, not how soon: the second that is usual would be a claim about the machine. Where a later
 * try of the product's own could bring it too, the clock stands meanwhile.
 */
export const patiently = { timeout: 10_000 } as const;
