import { fail, ok, type Result } from "#core/result.ts";
import type { Page, PageKey } from "#usecases/page.ts";

/** The `next` of a list: the page's key, opaque to the caller. */
export function encodeCursor(key: PageKey): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The key in `after`, or null without one. `shape` says what each part must be, so that a made-up cursor is refused
 * and never reaches a query: `decodeCursor(after, ["string", "number"])`.
 */
export function decodeCursor(
  after: string | undefined,
  shape: readonly ("string" | "number")[],
): Result<PageKey | null, { kind: "invalid_cursor" }> {
  if (after === undefined) return ok(null);
  const parts = parse(after);
  const isOurs =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    parts.every((part, at) => typeof part === shape[at]);
  return isOurs ? ok(parts as PageKey) : fail({ kind: "invalid_cursor" });
}

/** The same for a list ordered by one int. */
export function decodeIdCursor(after: string | undefined): Result<number | null, { kind: "invalid_cursor" }> {
  const key = decodeCursor(after, ["number"]);
  if (!key.ok) return key;
  if (key.value === null) return ok(null);
  const [id] = key.value;
  return Number.isInteger(id) && Math.abs(Number(id)) < 2 ** 31
    ? ok(Number(id))
    : fail({ kind: "invalid_cursor" });
}

/** `{ items, next }` of a page, as every list answers. */
export function listAnswer<T, Shown>(
  page: Page<T>,
  show: (one: T) => Shown,
): { items: Shown[]; next: string | null } {
  return {
    items: page.items.map((one) => show(one)),
    next: page.next === null ? null : encodeCursor(page.next),
  };
}

function parse(after: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(after.replaceAll("-", "+").replaceAll("_", "/")), (byte) =>
      byte.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
}
