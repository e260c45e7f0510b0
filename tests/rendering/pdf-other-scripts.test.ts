import { PDFDocument } from "pdf-lib";
import { describe, expect, it } from "vitest";

import { shapeText } from "#rendering/pdf/shape-text.ts";
import { shapedWidth } from "#rendering/pdf/shaped-text.ts";
import { createTypeface } from "#rendering/pdf/typeface.ts";
import type { Face } from "#rendering/pdf/typeface.ts";
import { renderPdf } from "#rendering/render-pdf.ts";

import { readFonts, readFontsWithExtras } from "./read-fonts.ts";
import { linesFrom, readPdf } from "./read-pdf.ts";
import { attributionOf, sampleAttributionRows, sampleReport } from "./sample-report.ts";

const own = readFonts();
const all = readFontsWithExtras();

const ARABIC = "حملة الربيع";
const HEBREW = "קמפיין אביב";
const JAPANESE = "春のキャンペーン";

function reportNaming(names: readonly string[]) {
  const model = sampleReport({ sections: ["attribution"] });
  return { ...model, attribution: attributionOf(model, sampleAttributionRows(names)) };
}

async function openFace(): Promise<Face> {
  const extras = (await all.loadExtras?.()) ?? [];
  return (await createTypeface(await PDFDocument.create(), { ...own, extras })).regular;
}

/** The glyphs of a text, left to right. */
const codesOf = (face: Face, text: string): string[] =>
  shapeText(face, text).flatMap(({ glyphs }) => glyphs.map(({ code }) => code));

describe("names in other scripts", () => {
  it("are written with the operator's fonts, can be read in order, and nothing is replaced", async () => {
    const names = [ARABIC, HEBREW, JAPANESE, "日本語とEnglish混在 2026", "שָׁלוֹם עוֹלָם"];
    const { bytes, replacedGlyphs, warnings } = await renderPdf(reportNaming(names), {
      fonts: all,
      logo: null,
    });
    const pdf = await readPdf(bytes);
    for (const name of names) expect(linesFrom(pdf, `${name} `)).toHaveLength(1);
    expect(replacedGlyphs).toEqual([]);
    expect(warnings).toEqual([]);
    expect(pdf.text).not.toContain("□");
  });

  it("are replaced and listed, letter for letter, without such a font", async () => {
    const { bytes, replacedGlyphs } = await renderPdf(reportNaming([ARABIC, HEBREW, JAPANESE]), {
      fonts: own,
      logo: null,
    });
    const letters = new Set(`${ARABIC}${HEBREW}${JAPANESE}`.replaceAll(" ", ""));
    expect(replacedGlyphs).toHaveLength(letters.size);
    expect((await readPdf(bytes)).text).toContain("□□□□ □□□□□□ 90");
  });

  it("ask for the operator's fonts only where a letter is missing", async () => {
    let asked = 0;
    const loadExtras = async () => {
      asked += 1;
      return await Promise.resolve([]);
    };
    await renderPdf(reportNaming(["Łódź", "Ανοιξη", "Весна"]), { fonts: { ...own, loadExtras }, logo: null });
    expect(asked).toBe(0);
    await renderPdf(reportNaming([HEBREW]), { fonts: { ...own, loadExtras }, logo: null });
    expect(asked).toBe(1);
  });

  it("do without a font that is none or cannot be embedded, and say so", async () => {
    for (const bytes of [new Uint8Array([1, 2, 3, 4]), new Uint8Array(), await withoutOutlines()]) {
      const loadExtras = async () => await Promise.resolve([bytes]);
      const { warnings, replacedGlyphs } = await renderPdf(reportNaming([HEBREW]), {
        fonts: { ...own, loadExtras },
        logo: null,
      });
      expect(warnings).toEqual(["font_unreadable"]);
      expect(replacedGlyphs).toContain("U+05D0");
    }
  });

  it("give the same bytes each time, whatever was rendered before", async () => {
    const render = async (names: readonly string[]) =>
      (await renderPdf(reportNaming(names), { fonts: all, logo: null })).bytes;
    const first = await render([ARABIC, HEBREW]);
    await render(["الكبرى ٢٠٢٦", JAPANESE]);
    expect(Buffer.from(await render([ARABIC, HEBREW])).equals(Buffer.from(first))).toBe(true);
  });
});

describe("a line that runs from right to left", () => {
  it("has its last letter on the left", async () => {
    const face = await openFace();
    const [alone] = codesOf(face, "ב");
    const whole = codesOf(face, "אביב");
    expect(whole).toHaveLength(4);
    expect(whole[0]).toBe(alone);
    expect(whole[2]).toBe(alone);
  });

  it("keeps Latin words and numbers inside it from left to right, and turns brackets round", async () => {
    const face = await openFace();
    const latin = codesOf(face, "Spring");
    const line = codesOf(face, "אביב (Spring) 2026 חורף").join(" ");
    const [open = "", close = ""] = codesOf(face, "()");
    const year = codesOf(face, "2026");
    expect(line).toContain(`${open} ${latin.join(" ")} ${close}`);
    expect(line.indexOf(year.join(" "))).toBeGreaterThan(-1);
    // The line begins on the right: what comes later in it stands further left.
    expect(line.indexOf(year.join(" "))).toBeLessThan(line.indexOf(latin.join(" ")));
  });

  it("keeps Arabic numbers from left to right", async () => {
    const face = await openFace();
    const [two] = codesOf(face, "٢");
    const [six] = codesOf(face, "٦");
    const year = codesOf(face, "٢٠٢٦");
    expect([year[0], year[2], year[3]]).toEqual([two, two, six]);
  });

  it("joins Arabic letters: together they are not the sum of letters that stand alone", async () => {
    const face = await openFace();
    const together = shapedWidth(shapeText(face, "حملة"));
    const apart = Array.from("حملة").reduce((sum, letter) => sum + shapedWidth(shapeText(face, letter)), 0);
    expect(together).toBeLessThan(apart * 0.9);
  });
});

/** A font whose table of TrueType outlines has another name, as those with PostScript outlines have none. */
async function withoutOutlines(): Promise<Uint8Array> {
  const [, hebrew] = (await all.loadExtras?.()) ?? [];
  const bytes = Uint8Array.from(new Uint8Array(hebrew ?? new ArrayBuffer(0)));
  const at = Buffer.from(bytes).indexOf("glyf");
  bytes.set(new TextEncoder().encode("CFFx"), at);
  return bytes;
}
