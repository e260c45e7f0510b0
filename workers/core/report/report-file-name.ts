import { cleanText } from "#core/text/clean-text.ts";

const MAX_TITLE = 80;

export type ReportFile = { title: string; from: string; to: string; extension: string };

/** What a report's file is called on a disk: its title without what some system forbids, its days, its type. */
export function reportFileName({ title, from, to, extension }: ReportFile): string {
  const plain = cleanText(title)
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/^[. ]+/, "");
  const short = Array.from(plain).slice(0, MAX_TITLE).join("").trim();
  const days = from === to ? from : `${from} to ${to}`;
  return `${short === "" ? "Report" : short} ${days}.${extension}`;
}

/** `Content-Disposition` of a download: the name in UTF-8 (RFC 5987), and in ASCII for what does not read that. */
export function attachmentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/gu, "_").replaceAll(/["\\%]/g, "_");
  const encoded = encodeURIComponent(cleanText(name)).replaceAll(
    /['()*]/g,
    (character) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
