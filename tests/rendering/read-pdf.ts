import { extractText, getDocumentProxy } from "unpdf";

export type ReadPdf = { pages: string[]; text: string };

/** The text of a PDF as a reader's programs find it, page by page. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // The reader takes the buffer for itself: it gets a copy.
  const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: false });
  return { pages: text, text: text.join("\n") };
}

/** Lines of the extracted text that begin with `start`. */
export function linesFrom({ text }: ReadPdf, start: string): string[] {
  return text.split("\n").filter((line) => line.startsWith(start));
}
