/** What was typed into one form and not saved: the fields that differ from what is stored, or all of what is to be made. */
export type DraftFields = Readonly<Record<string, string | boolean>>;

type Held = { userId: string; forms: Record<string, DraftFields> };

const KEY = "waymark.drafts";

let held: Held | null = null;

/** What the user typed into this form in this tab and neither saved nor discarded, or null. */
export function readDraft(userId: string, form: string): DraftFields | null {
  return heldBy(userId).forms[form] ?? null;
}

/** Keeps what was typed until it is saved, discarded or signed out; nothing typed is no draft. */
export function keepDraft(userId: string, form: string, fields: DraftFields): void {
  const { forms } = heldBy(userId);
  const isEmpty = Object.keys(fields).length === 0;
  if (JSON.stringify(forms[form] ?? {}) === JSON.stringify(fields)) return;
  const others = Object.entries(forms).filter(([name]) => name !== form);
  write({ userId, forms: Object.fromEntries(isEmpty ? others : [...others, [form, fields]]) });
}

/** Of everybody: whoever signs out leaves nothing behind. */
export function forgetDrafts(): void {
  write(null);
}

/** Who signs in finds what they typed before their session ended; of somebody else's nothing is left. */
function heldBy(userId: string): Held {
  held ??= read();
  if (held?.userId === userId) return held;
  if (held) write(null);
  return { userId, forms: {} };
}

function read(): Held | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Held | null;
  } catch {
    return null;
  }
}

function write(next: Held | null): void {
  held = next;
  try {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be full or forbidden; drafts then last as long as the page.
  }
}
