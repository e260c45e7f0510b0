import { asciiHost, asciiOrigin } from "#contract/ascii-host.ts";
import type { Errors } from "#frontend/parts/use-form.ts";

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/;
const ORIGIN = /^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/;

/** "https://Shop.example/path" → "shop.example", as browsers send it: people paste what is in the address bar. */
export function siteHost(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/?#].*$/, "");
  return asciiHost(host);
}

/** Field → sentence, for name and domain. */
export function siteErrors({ name, domain }: { name: string; domain: string }): Errors {
  const errors: Errors = {};
  if (name.trim() === "") errors.name = "Give the site a name";
  if (!HOST.test(siteHost(domain))) errors.domain = "Enter the site's host, like shop.example";
  return errors;
}

/** One entry a line, without blanks. */
export function readLines(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((line) => line.trim().toLowerCase().replace(/\/+$/, ""))
    .filter(Boolean);
}

/** One host a line, each as `siteHost` reads it. */
export function readHosts(text: string): string[] {
  return readLines(text).map(siteHost);
}

/** The first line that is no origin, said in a sentence. */
export function originsError(text: string): string | null {
  const wrong = readLines(text).find((line) => !ORIGIN.test(asciiOrigin(line)));
  return wrong ? `“${wrong}” is not an origin like https://shop.example` : null;
}

/** The first line that is no host, said in a sentence. */
export function hostsError(text: string): string | null {
  const wrong = readLines(text).find((line) => !HOST.test(siteHost(line)));
  return wrong ? `“${wrong}” is not a host like pay.example` : null;
}
