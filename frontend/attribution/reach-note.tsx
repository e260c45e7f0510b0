import type { Site } from "#contract/sites.ts";

/** Beside every model: what the identity mode costs in reach. */
export function ReachNote({ site }: { site: Site }) {
  if (site.identity !== "cookieless") return null;
  return (
    <p class="asof">
      This site is cookieless: a visitor is recognised until the UTC day ends, so journeys never span two
      days.
    </p>
  );
}
