const WITH_PORT = /^([^\s/?#@:\\[\]]+)(:\d{1,5})?$/;

/**
 * A host, with or without a port, as browsers send it: letters beyond a to z become its A-label, `söhne.example` →
 * `xn--shne-5qa.example`. Whatever is ASCII already, or no host, stays as it is written.
 */
export function asciiHost(host: string): string {
  // Only what needs it goes through `URL`, which reads numbers as addresses: 127.1 is 127.0.0.1 to it.
  const match = isAscii(host) ? null : WITH_PORT.exec(host);
  if (!match) return host;
  const [, name = "", port = ""] = match;
  const parsed = URL.parse(`http://${name}`);
  return parsed === null ? host : `${parsed.hostname}${port}`;
}

/** An origin, also with a star before its host, with the host as `asciiHost` writes it. */
export function asciiOrigin(origin: string): string {
  return origin.replace(
    /^(https?:\/\/(?:\*\.)?)(.+)$/,
    (_, scheme: string, host: string) => `${scheme}${asciiHost(host)}`,
  );
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
