import { bareHost } from "#core/sources/page-address.ts";

/** Whether a host is this one or lies below it; ports and `www.` aside. */
export function isHostUnder(host: string, parent: string): boolean {
  const [lower, upper] = [bareHost(host), bareHost(parent)];
  return upper !== "" && (lower === upper || lower.endsWith(`.${upper}`));
}

/** The host of an origin, `https://shop.example:8080` → `shop.example:8080`; null for `null` and the like. */
export function originHost(origin: string): string | null {
  return /^https?:\/\/([^/?#@\s]+)$/i.exec(origin)?.[1] ?? null;
}
