import { expect, it } from "vitest";
import { englishVariant } from "#frontend/format/locale.ts";

it("takes the reader's English variant, and British English where there is none that Intl knows", () => {
  expect(englishVariant(["de-DE", "en-US"])).toBe("en-US");
  expect(englishVariant(["en-US@posix"])).toBe("en-GB");
  expect(englishVariant(["en-US@posix", "en-AU"])).toBe("en-AU");
  expect(englishVariant([])).toBe("en-GB");
});
