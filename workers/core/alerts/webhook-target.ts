import { isLocalName, isPublicName } from "#core/hosts/public-host.ts";
import { fail, ok, type Result } from "#core/result.ts";

export type WebhookFault = "invalid_url" | "not_https" | "has_password" | "private_host" | "odd_port";

const WEBHOOK_URL = /^(https?):\/\/([^/?#\\\s]+)([/?][^#\s\\]*)?$/i;
const MAX_URL = 2_048;

/**
 * An address that messages may be sent to, or why not: https and a public name on the web's port. Never an address in
 * numbers, never this machine or a network's inside, so that nobody reaches through us what only we can reach. On the
 * local stage the machine itself may be named, in plain http too.
 */
export function webhookTarget(
  url: string,
  { allowsLocal }: { allowsLocal: boolean },
): Result<string, WebhookFault> {
  const match = url.length > MAX_URL ? null : WEBHOOK_URL.exec(url);
  if (!match) return fail("invalid_url");
  const [, scheme = "", authority = "", rest = "/"] = match;
  const fault = faultOf({ scheme: scheme.toLowerCase(), authority: authority.toLowerCase(), allowsLocal });
  if (fault !== null) return fail(fault);
  return ok(`${scheme}://${authority}`.toLowerCase() + (rest.startsWith("?") ? `/${rest}` : rest));
}

type Parts = { scheme: string; authority: string; allowsLocal: boolean };

function faultOf({ scheme, authority, allowsLocal }: Parts): WebhookFault | null {
  if (authority.includes("@")) return "has_password";
  const [host = "", port = "", ...more] = authority.split(":");
  if (allowsLocal && isLocalName(host)) return null;
  if (scheme !== "https") return "not_https";
  // More than one colon is an address of IPv6.
  if (more.length > 0 || !isPublicName(host.replace(/\.$/, ""))) return "private_host";
  return ["", "443"].includes(port) ? null : "odd_port";
}

/** What may be shown of an address whose path is as good as a password: its host, and its last characters. */
export function maskedUrl(url: string): string {
  const [, authority = ""] = /^https?:\/\/([^/?#]+)/i.exec(url) ?? [];
  return `${authority}/…${url.slice(-4)}`;
}
