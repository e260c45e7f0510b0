import type { DocsPage } from "./docs-pages.ts";

export type Section = { title: string; pages: readonly DocsPage[] };

/** A folder's pages: those named come first and in this order, the rest by their names. */
type Plan = { title: string; folder: string; first: readonly string[] };

const PLANS: readonly Plan[] = [
  {
    title: "Use it",
    folder: "users/",
    first: [
      "users/installing-the-pixel.md",
      "users/install/plain-html.md",
      "users/install/google-tag-manager.md",
      "users/install/shopify.md",
      "users/install/wordpress.md",
      "users/install/next-js.md",
      "users/tracking-health.md",
      "users/alerts.md",
      "users/utm-naming.md",
      "users/campaigns-and-links.md",
      "users/spend.md",
      "users/reading-the-figures.md",
      "users/reading-attribution.md",
      "users/journeys-and-runs.md",
      "attribution.md",
      "users/reports.md",
      "users/privacy.md",
    ],
  },
  {
    title: "Build on it",
    folder: "developers/",
    first: [
      "developers/api.md",
      "developers/api-figures.md",
      "developers/api-reports.md",
      "developers/commands.md",
      "replay.md",
    ],
  },
  {
    title: "Run it",
    folder: "operators/",
    first: [
      "operators/self-hosting.md",
      "deploy.md",
      "operators/operating.md",
      "operators/monitoring.md",
      "operators/backup.md",
    ],
  },
  { title: "Runbooks", folder: "runbooks/", first: ["runbooks/README.md"] },
  { title: "Background", folder: "", first: ["scaling.md", "benchmarks.md", "CHANGELOG.md"] },
  { title: "Decisions", folder: "decisions/", first: ["decisions/README.md"] },
];

export const HOME = "README.md";

/** Every page but the first one, in the order in which one would read them. */
export function planSections(pages: readonly DocsPage[]): Section[] {
  const named = new Set(PLANS.flatMap(({ first }) => first));
  return PLANS.map(({ title, folder, first }) => {
    const chosen = first.flatMap((path) => pages.find((page) => page.path === path) ?? []);
    const rest = pages
      .filter(({ path }) => path !== HOME && !named.has(path) && isIn(folder, path))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1));
    return { title, pages: [...chosen, ...rest] };
  }).filter((section) => section.pages.length > 0);
}

function isIn(folder: string, path: string): boolean {
  return folder === "" ? !path.includes("/") : path.startsWith(folder);
}
