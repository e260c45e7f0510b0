import "./shortcut-list.css";

import { Dialog } from "#frontend/parts/dialog.tsx";
import { shortcuts } from "#frontend/state/shortcuts.ts";
import { closeOverlay } from "./overlays.ts";

const ALWAYS = [
  { keys: "⌘K or Ctrl K", label: "Go to anything" },
  { keys: "⌘Enter", label: "Save the form" },
  { keys: "Esc", label: "Close" },
];

/** What `?` shows: the keys that work on this page. */
export function ShortcutList() {
  const own = shortcuts.value.map(({ key, shown, label }) => ({ keys: shown ?? key, label }));
  return (
    <Dialog title="Keyboard shortcuts" wide onClose={closeOverlay}>
      <ul class="keys">
        {[...ALWAYS, ...own].map(({ keys, label }) => (
          <li key={label}>
            {label} <kbd>{keys}</kbd>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
