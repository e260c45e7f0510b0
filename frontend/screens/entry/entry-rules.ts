import type { Errors } from "#frontend/parts/use-form.ts";

/** As the API asks for it. */
export const MIN_PASSWORD = 10;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The sentence for an address that is none; null when it can be one. */
export function emailError(email: string): string | null {
  if (email.trim() === "") return "Enter your e-mail address";
  return EMAIL.test(email.trim()) ? null : "Enter an e-mail address like name@company.com";
}

/** The sentence for a password that is too short; null when it is fine. */
export function passwordError(password: string): string | null {
  if (password.length >= MIN_PASSWORD) return null;
  return password === "" ? "Choose a password" : `Use at least ${MIN_PASSWORD} characters`;
}

/** Field → sentence, without the fields that are fine. */
export function errorsFrom(checks: Readonly<Record<string, string | null>>): Errors {
  return Object.fromEntries(
    Object.entries(checks).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
