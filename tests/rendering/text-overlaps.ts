import { getDocumentProxy } from "unpdf";

import { PAGE } from "#rendering/pdf/theme.ts";

type Placed = { text: string; x: number; y: number; width: number };

/** Rounding of the page's numbers, and the side bearings of letters. */
const SLACK = 0.75;

/** Texts of one line that stand over each other, and those that leave the page, as "page: text / text". */
export async function textOverlaps(bytes: Uint8Array): Promise<string[]> {
  // The reader takes the buffer for itself: it gets a copy.
  const document = await getDocumentProxy(bytes.slice());
  const found: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const placed = items.flatMap((item): Placed[] => {
      if (!("str" in item) || item.str.trim() === "") return [];
      const [x, y] = [Number(item.transform[4]), Number(item.transform[5])];
      return [{ text: item.str, x, y, width: item.width }];
    });
    found.push(...collisionsOf(placed).map((collision) => `${number}: ${collision}`));
  }
  return found;
}

function collisionsOf(placed: readonly Placed[]): string[] {
  const lines = new Map<number, Placed[]>();
  for (const text of placed) {
    const line = [...lines.keys()].find((y) => Math.abs(y - text.y) <= SLACK) ?? text.y;
    lines.set(line, [...(lines.get(line) ?? []), text]);
  }
  return [...lines.values()].flatMap((line) => {
    const inOrder = line.toSorted((a, b) => a.x - b.x);
    return inOrder.flatMap((text, index): string[] => {
      const next = inOrder[index + 1];
      const end = text.x + text.width;
      if (text.x < 0 || end > PAGE.width) return [`${text.text} / edge`];
      return next !== undefined && end > next.x + SLACK ? [`${text.text} / ${next.text}`] : [];
    });
  });
}
