/** The platform's log is what a Worker writes to its console; one JSON object a line, so that it can be queried. */
export function edgeLog(
  line: Readonly<Record<string, string | number>>,
  level: "warn" | "error" = "warn",
): void {
  // oxlint-disable-next-line no-console
  console[level](JSON.stringify(line));
}
