/** Where the report store keeps an account's logo: named by its content, so that it never changes under a report. */
export function logoKey(accountId: number, logoId: string): string {
  return `logos/${accountId}/${logoId}`;
}
