/**
 * What an isolate remembers of answers, and which of them are being worked out. Plain values only, as requests share it: no
 * I/O of one request reaches another.
 */
export type AnswerMemory = {
  get(key: string): string | null;
  set(key: string, text: string): void;
  /** By key: those who wait for an answer that another request works out; each resolves a promise of its own request. */
  flights: Map<string, ((text: string | null) => void)[]>;
  /** By key: since when an answer is worked out anew that nobody waits for. */
  refreshing: Map<string, number>;
};

/** Larger answers are few, and kept nowhere. */
export const MOST_ANSWER_CHARACTERS = 256_000;
/** Of the isolate's 128 MB, which other requests share; a character takes up to two bytes. */
const MOST_CHARACTERS = 4_000_000;

/** A bounded memory: when it is full, what was not asked for the longest goes. Made once an isolate. */
export function answerMemory(mostCharacters = MOST_CHARACTERS): AnswerMemory {
  const texts = new Map<string, string>();
  let characters = 0;

  function forget(key: string): void {
    const text = texts.get(key);
    if (text === undefined) return;
    texts.delete(key);
    characters -= key.length + text.length;
  }

  function keep(key: string, text: string): void {
    forget(key);
    texts.set(key, text);
    characters += key.length + text.length;
    for (const oldest of texts.keys()) {
      if (characters <= mostCharacters) return;
      forget(oldest);
    }
  }

  return {
    get(key) {
      const text = texts.get(key);
      if (text === undefined) return null;
      keep(key, text);
      return text;
    },
    set(key, text) {
      if (text.length <= MOST_ANSWER_CHARACTERS) keep(key, text);
    },
    flights: new Map(),
    refreshing: new Map(),
  };
}
