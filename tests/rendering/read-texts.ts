import { getDocumentProxy, getResolvedPDFJS } from "unpdf";

export type DrawnText = { text: string; isStrong: boolean };

type Glyph = { unicode: string };

/** Every text of each page as it was drawn, one for each call; strong are those in a font that is called semibold. */
export async function readTexts(bytes: Uint8Array): Promise<DrawnText[][]> {
  const { OPS } = await getResolvedPDFJS();
  // The reader takes the buffer for itself: it gets a copy.
  const document = await getDocumentProxy(bytes.slice());
  const pages: DrawnText[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { fnArray, argsArray } = await page.getOperatorList();
    const fonts: string[] = [];
    let font = "";
    const texts: DrawnText[] = [];
    for (const [index, operator] of fnArray.entries()) {
      const args = argsArray[index] as unknown[];
      if (operator === OPS.setFont) font = String(args[0]);
      if (operator === OPS.setFont && !fonts.includes(font)) fonts.push(font);
      if (operator !== OPS.showText) continue;
      const text = (args[0] as Glyph[]).map(({ unicode }) => unicode).join("");
      // The running head and the cover begin with a strong text.
      texts.push({ text, isStrong: font === fonts[0] });
    }
    pages.push(texts);
  }
  return pages;
}
