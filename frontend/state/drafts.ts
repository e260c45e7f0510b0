/** What was typed into one form and not saved: the fields that differ from what is stored, or all of what is to be made. */
export type DraftFields = Readonly<Record<string, string | boolean>>;

type Held = { userId: string; forms: Record<string, DraftFields> };

const KEY = "waymark.drafts";

let held: Held | null = null;
/** Forms whose fields are on their way to be saved. */
const sent = new Set<string>();

/**
 * What the user typed into this form in this tab and neither saved nor discarded, or null; also while it is on its way to be
 * saved, for it would be sent a second time.
 */
export function readDraft(userId: string, form: string): DraftFields | null {
  if (sent.has(form)) return null;
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

/** What was typed into this form is on its way to be saved. */
export function markSent(form: string): void {
  sent.add(form);
}

/** It has arrived, or not; false where nobody waits for it any more. */
export function endSent(form: string): boolean {
  return sent.delete(form);
}

/** Of everybody: whoever signs out leaves nothing behind. */
export function forgetDrafts(): void {
  sent.clear();
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
