/** Names that never lead outside (RFC 6761, RFC 6762, RFC 8375 and what routers and clouds use). */
const PRIVATE_SUFFIX =
  /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid|onion)$/;

/** Whether a host is the machine that asks. */
export function isLocalName(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1";
}

/** A name of letters with a dot in it and a top level that is no number: 127.1, 0x7f.1, [::1] and 2130706433 are none. */
export function isPublicName(host: string): boolean {
  const labels = host.split(".");
  const top = labels.at(-1) ?? "";
  return (
    labels.length > 1 &&
    host.length <= 253 &&
    labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
    /^([a-z]{2,63}|xn--[a-z0-9-]+)$/.test(top) &&
    !PRIVATE_SUFFIX.test(host)
  );
}
