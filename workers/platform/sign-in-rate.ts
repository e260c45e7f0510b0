import { rateLimiter, type RateLimitBinding } from "./rate-limiter.ts";

/** The brake in front of everything that costs a password hash or a mail. */
export type SignInRate = {
  /** Whether this sender, and this address wherever it is tried from, may try once more. */
  isWithin(attempt: { ip: string; email?: string }): Promise<boolean>;
};

export function signInRate(binding: RateLimitBinding): SignInRate {
  const limiter = rateLimiter(binding);
  return {
    async isWithin({ ip, email }) {
      const keys = [`ip:${ip}`, ...(email === undefined ? [] : [`email:${email}`])];
      const verdicts = await Promise.all(keys.map((key) => limiter.isWithin(key)));
      return verdicts.every((isWithin) => isWithin);
    },
  };
}
