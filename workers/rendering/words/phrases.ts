/** A run of a sentence; figures and names are strong. */
export type Phrase = { readonly text: string; readonly isStrong: boolean };

export function strong(text: string): Phrase {
  return { text, isStrong: true };
}

/** A sentence as runs: `` say`${strong("Spring")} brought ${"12"} visitors` ``. What is not `strong` is plain. */
export function say(texts: TemplateStringsArray, ...parts: readonly (string | Phrase)[]): Phrase[] {
  return texts
    .flatMap((text, index): (string | Phrase)[] => [text, parts[index] ?? ""])
    .map((part) => (typeof part === "string" ? { text: part, isStrong: false } : part))
    .filter(({ text }) => text !== "");
}

export function phrasesAsText(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => phrase.text).join("");
}
