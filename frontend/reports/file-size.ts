const KB = 1_000;

/** "48 kB", "1.2 MB", as mail programs count. */
export function fileSize(bytes: number): string {
  if (bytes < KB * KB) return `${Math.max(1, Math.round(bytes / KB))} kB`;
  return `${(bytes / (KB * KB)).toFixed(1)} MB`;
}
