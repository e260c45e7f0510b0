/** Text as HTML; the only way anything of the document gets onto the page. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Lines as paragraphs, `code` in backticks as code. */
export function prose(text: string): string {
  return text
    .split(/\n+/)
    .filter((line) => line !== "")
    .map((line) => `<p>${escapeHtml(line).replaceAll(/`([^`]+)`/g, "<code>$1</code>")}</p>`)
    .join("");
}
