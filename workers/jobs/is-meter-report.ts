/** Whether a message of the work queue only brings measures. */
export function isMeterReport(body: unknown): boolean {
  return typeof body === "object" && body !== null && "kind" in body && body.kind === "add-meter-report";
}
