/** What stands behind a fence: `sh run save="SITE=id"`. */
export type FenceInfo = { language: string; marks: Readonly<Record<string, string>> };

/** Reads the language and the marks after it; a mark without a value is an empty text. */
export function readFenceInfo(info: string): FenceInfo {
  const [language = "", ...rest] = info.trim().split(/\s+/);
  const marks = [...rest.join(" ").matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  return { language, marks: Object.fromEntries(marks.map(([, name = "", value = ""]) => [name, value])) };
}
