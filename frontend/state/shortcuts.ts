import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export type Shortcut = {
  /** `KeyboardEvent.key`, lower case for letters. */
  key: string;
  /** How it is written in the list; the key itself when absent. */
  shown?: string;
  label: string;
  run: () => void;
};

/** What can be pressed on this page; `?` lists it. */
export const shortcuts = signal<readonly Shortcut[]>([]);

/** Registers shortcuts for as long as the component is there. */
export function useShortcuts(own: readonly Shortcut[]): void {
  useEffect(() => {
    shortcuts.value = [...shortcuts.peek(), ...own];
    return () => {
      shortcuts.value = shortcuts.peek().filter((shortcut) => !own.includes(shortcut));
    };
  });
}

/** Runs what the key stands for, unless someone is typing or answering a dialog. */
export function runShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shortcut = shortcuts.peek().findLast((candidate) => candidate.key === pressed);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")
  );
}
