import "./toast.css";

import { signal } from "@preact/signals";

type Toast = { id: number; text: string; undo: (() => void) | null };

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

const SHOWN_MS = 4_000;
/** Undo needs time to read and to reach. */
const SHOWN_WITH_UNDO_MS = 8_000;

/** Says what was done; with `undo`, it can be taken back while the line is there. */
export function toast(text: string, undo: (() => void) | null = null): void {
  const id = (lastId += 1);
  toasts.value = [...toasts.value, { id, text, undo }];
  setTimeout(() => dismiss(id), undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((entry) => entry.id !== id);
}

/** Mounted once, at the root; polite, so that it never interrupts. */
export function ToastLayer() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((entry) => (
        <div key={entry.id} class="toast">
          <span class="toast-text">{entry.text}</span>
          {entry.undo && (
            <button
              type="button"
              onClick={() => {
                entry.undo?.();
                dismiss(entry.id);
              }}
            >
              Undo
            </button>
          )}
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(entry.id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
