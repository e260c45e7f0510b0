const FALLBACK = "en-GB";

/**
 * The interface speaks English, so numbers and dates follow the reader's English variant; mixing German dates into
 * English sentences reads as a mistake. British English is the default: its "23 Nov 2026" cannot be misread.
 */
export const locale: string = englishVariant(typeof navigator === "undefined" ? [] : navigator.languages);

/** The first English variant that `Intl` takes: some systems name theirs `en-US@posix`, on which `Intl` throws. */
export function englishVariant(languages: readonly string[]): string {
  const isUsable = (language: string): boolean => {
    try {
      return language.startsWith("en-") && Intl.getCanonicalLocales(language).length > 0;
    } catch {
      return false;
    }
  };
  return languages.find(isUsable) ?? FALLBACK;
}
