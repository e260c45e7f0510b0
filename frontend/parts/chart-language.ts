import { locale } from "#frontend/format/locale.ts";

/**
 * To be called before uPlot is loaded: it hands the browser's language to `Intl` at once, which throws on those that
 * some systems name, such as `en-US@posix`; then no chart would ever be drawn.
 */
export function mendLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: locale, configurable: true });
  }
}
