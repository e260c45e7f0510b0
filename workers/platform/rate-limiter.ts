/** Cloudflare's rate-limit binding: counted per location and approximate, so a brake against abuse, not a quota. */
export type RateLimiter = { isWithin(key: string): Promise<boolean> };

/** The part of a `RateLimit` binding that is used. */
export type RateLimitBinding = { limit(options: { key: string }): Promise<{ success: boolean }> };

export function rateLimiter(binding: RateLimitBinding): RateLimiter {
  return {
    async isWithin(key) {
      try {
        return (await binding.limit({ key })).success;
      } catch {
        // A brake that fails must not lose events.
        return true;
      }
    },
  };
}
