type Glyph = { readonly codePoints: readonly number[] };

/**
 * For glyphs in the order of reading, the letters that each stands for in this text, where the font's table says others:
 * it has one entry for each shape, and a shape may serve several letters, or be only the dots of one. Null: it says the
 * same. All null where the shaping moved letters about.
 */
export function lettersOf(glyphs: readonly Glyph[], text: string): (string | null)[] {
  const characters = Array.from(text);
  const counts = glyphs.map(({ codePoints }) => codePoints.length);
  if (counts.reduce((sum, count) => sum + count, 0) !== characters.length) return glyphs.map(() => null);
  let at = 0;
  return glyphs.map((glyph, index) => {
    const own = characters.slice(at, at + (counts[index] ?? 0)).join("");
    at += counts[index] ?? 0;
    return own === String.fromCodePoint(...glyph.codePoints) ? null : own;
  });
}
