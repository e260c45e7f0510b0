export type Heading = { level: number; text: string; id: string };

const FENCE = /^\s*(`{3,}|~{3,})/;
const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const MARKS = /[`*]|\[([^\]]*)\]\([^)]*\)/g;

/** The headings of a page in order, with the ids that their anchors have. */
export function readHeadings(markdown: string): Heading[] {
  const giveId = headingIds();
  return linesOutsideFences(markdown).flatMap((line) => {
    const [, marks, words] = HEADING.exec(line) ?? [];
    if (marks === undefined || words === undefined) return [];
    const text = plainText(words);
    return [{ level: marks.length, text, id: giveId(text) }];
  });
}

/** Gives each heading of one page its id as GitHub does, so that an anchor leads to the same place in both. */
export function headingIds(): (text: string) => string {
  const given = new Map<string, number>();
  return (text) => {
    const base = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    const before = given.get(base) ?? 0;
    given.set(base, before + 1);
    return before === 0 ? base : `${base}-${before}`;
  };
}

export function linesOutsideFences(markdown: string): string[] {
  let fence: string | undefined;
  return markdown.split("\n").filter((line) => {
    const [, mark] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true) fence = undefined;
      return false;
    }
    fence = mark;
    return fence === undefined;
  });
}

/** A line of markdown without its marks. */
export function plainText(markdown: string): string {
  return markdown.replaceAll(MARKS, (_, label: string | undefined) => label?.replaceAll(/[`*]/g, "") ?? "");
}
