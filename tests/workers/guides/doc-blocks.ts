import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readDocsPages } from "#scripts/docs-site/docs-pages.ts";
import { readFenceInfo } from "#scripts/docs-site/fence-info.ts";
import { projectFolder } from "#scripts/stack/project.ts";

/** A block of code on a page, with the answer that is shown under it. */
export type DocBlock = {
  page: string;
  line: number;
  language: string;
  marks: Readonly<Record<string, string>>;
  code: string;
  answer: DocBlock | undefined;
};

const OPENING = /^(\s*)(`{3,})(.*)$/;

/** Every block of the README and of docs, in the order in which they stand. */
export async function readDocBlocks(): Promise<DocBlock[]> {
  const readme = await readFile(join(projectFolder, "README.md"), "utf8");
  const pages = (await readDocsPages()).map(({ path, markdown }) => ({ page: `docs/${path}`, markdown }));
  const all = [{ page: "README.md", markdown: readme }, ...pages];
  return all
    .toSorted((one, other) => (one.page < other.page ? -1 : 1))
    .flatMap(({ page, markdown }) => withAnswers(blocksOf(page, markdown)));
}

export function blocksOf(page: string, markdown: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  const lines = markdown.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = "", fence, info = ""] = OPENING.exec(lines[index] ?? "") ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end < 0) throw new Error(`${page}:${index + 1}: the block has no end`);
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent.length));
    blocks.push({
      page,
      line: index + 1,
      ...readFenceInfo(info),
      code: `${code.join("\n")}\n`,
      answer: undefined,
    });
    index = end;
  }
  return blocks;
}

/** An answer belongs to the block before it. */
function withAnswers(blocks: readonly DocBlock[]): DocBlock[] {
  return blocks.flatMap((block, index) => {
    if ("answer" in block.marks) return [];
    const next = blocks[index + 1];
    return [{ ...block, answer: next !== undefined && "answer" in next.marks ? next : undefined }];
  });
}

export function placeOf({ page, line }: DocBlock): string {
  return `${page}:${line}`;
}
