import fc from "fast-check";

/** Any UTF-16 text, of any script, with controls and lone surrogates, or one of those that are known to be trouble. */
export function anyTextOr(...troublesome: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      maxLength: 60,
    }),
    fc.string({ unit: "grapheme", maxLength: 600 }),
    fc.constantFrom(...troublesome),
  );
}
