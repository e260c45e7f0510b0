/**
 * A short link's destination with `wm_click=<slug>.<event id>` added. Its query and its hash stay as they are, to
 * the byte: some landing pages sign them.
 */
export function clickDestination(destination: string, slug: string, eventId: string): string {
  const hashStart = destination.indexOf("#");
  const hash = hashStart === -1 ? "" : destination.slice(hashStart);
  const page = hashStart === -1 ? destination : destination.slice(0, hashStart);
  return `${page}${separatorAfter(page)}wm_click=${encodeURIComponent(slug)}.${eventId}${hash}`;
}

function separatorAfter(page: string): string {
  const queryStart = page.indexOf("?");
  if (queryStart === -1) return "?";
  // Only the first "?" opens the query; a later one belongs to a value.
  return queryStart === page.length - 1 || page.endsWith("&") ? "" : "&";
}
