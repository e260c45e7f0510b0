/**
 * The one way to write a customer key before it is hashed, so that the browser's and the server's copy meet:
 * trimmed; an e-mail address also in lower case, other keys as they are, since ids may differ by case.
 */
export function normaliseCustomerKey(key: string): string {
  const trimmed = key.trim();
  return trimmed.includes("@") ? trimmed.toLowerCase() : trimmed;
}
