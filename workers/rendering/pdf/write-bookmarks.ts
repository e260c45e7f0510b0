import { PDFHexString, PDFName, PDFNumber } from "pdf-lib";
import type { PDFContext } from "pdf-lib";

import type { Bookmark, Sheet } from "./sheet.ts";
import { PAGE } from "./theme.ts";
import { cleanForFont } from "./clean-text.ts";

/** The document's outline: one entry for each section. pdf-lib has no call for it, so the objects are written here. */
export function writeBookmarks({ document, bookmarks, typeface }: Sheet): void {
  const { context } = document;
  const first = bookmarks[0];
  if (first === undefined) return;
  const root = context.nextRef();
  const refs = bookmarks.map(() => context.nextRef());
  for (const [index, bookmark] of bookmarks.entries()) {
    const ref = refs[index];
    if (ref === undefined) continue;
    const entry = context.obj({ Parent: root, Dest: destination(context, bookmark) });
    entry.set(PDFName.of("Title"), PDFHexString.fromText(cleanForFont(typeface, bookmark.title)));
    const [previous, next] = [refs[index - 1], refs[index + 1]];
    if (previous !== undefined) entry.set(PDFName.of("Prev"), previous);
    if (next !== undefined) entry.set(PDFName.of("Next"), next);
    context.assign(ref, entry);
  }
  const outline = context.obj({ Type: "Outlines", Count: bookmarks.length });
  const [head, tail] = [refs[0], refs.at(-1)];
  if (head !== undefined && tail !== undefined) {
    outline.set(PDFName.of("First"), head);
    outline.set(PDFName.of("Last"), tail);
  }
  context.assign(root, outline);
  document.catalog.set(PDFName.of("Outlines"), root);
}

function destination(context: PDFContext, { page, y }: Bookmark) {
  return context.obj([
    page,
    PDFName.of("XYZ"),
    PDFNumber.of(0),
    PDFNumber.of(PAGE.height - y),
    PDFNumber.of(0),
  ]);
}
