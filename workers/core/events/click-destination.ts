/** One that the destination brings along: an address that was copied from the bar after a click. */
const EARLIER_CLICK = /^wm_click(?:=|$)/;

/**
 * A short link's destination with `wm_click=<slug>.<event id>` added, in place of another one. The rest of its query and its
 * hash stay as they are, to the byte: some landing pages sign them.
 */
export function clickDestination(destination: string, slug: string, eventId: string): string {
  const hashStart = destination.indexOf("#");
  const hash = hashStart === -1 ? "" : destination.slice(hashStart);
  const page = withoutClick(hashStart === -1 ? destination : destination.slice(0, hashStart));
  return `${page}${separatorAfter(page)}wm_click=${encodeURIComponent(slug)}.${eventId}${hash}`;
}

function withoutClick(page: string): string {
  const queryStart = page.indexOf("?");
  if (queryStart === -1) return page;
  const pairs = page.slice(queryStart + 1).split("&");
  return page.slice(0, queryStart + 1) + pairs.filter((pair) => !EARLIER_CLICK.test(pair)).join("&");
}

function separatorAfter(page: string): string {
  const queryStart = page.indexOf("?");
  if (queryStart === -1) return "?";
  // Only the first "?" opens the query; a later one belongs to a value.
  return queryStart === page.length - 1 || page.endsWith("&") ? "" : "&";
}
