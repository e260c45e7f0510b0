import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build as bundle, type Plugin } from "esbuild";
import { projectFolder } from "#scripts/stack/project.ts";

export type SiteAssets = { style: string; script: string };

const SOURCE = join(projectFolder, "frontend", "docs-site");
const DARK = /:root\[data-theme="dark"\]\s*\{([^}]*)\}/;

/** Builds the site's style and script, with a digest in their names, and returns their addresses. */
export async function buildSiteAssets(outputFolder: string): Promise<SiteAssets> {
  const { metafile } = await bundle({
    entryPoints: [join(SOURCE, "docs.css"), join(SOURCE, "docs.ts")],
    outdir: join(outputFolder, "assets"),
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file" },
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    logLevel: "error",
    plugins: [darkWithoutScript],
  });
  const names = Object.keys(metafile.outputs).map((name) => basename(name));
  const addressOfKind = (kind: RegExp): string => `/docs/assets/${names.find((name) => kind.test(name))}`;
  return { style: addressOfKind(/^docs-.*\.css$/), script: addressOfKind(/^docs-.*\.js$/) };
}

/** The tokens' dark theme, which the dashboard's script chooses, also for who has no script and a dark system. */
const darkWithoutScript: Plugin = {
  name: "dark-without-script",
  setup(build) {
    build.onLoad({ filter: /styles[/\\]tokens\.css$/ }, async ({ path }) => {
      const tokens = await readFile(path, "utf8");
      const [, dark] = DARK.exec(tokens) ?? [];
      if (dark === undefined) throw new Error("The tokens have no dark theme");
      const contents = `${tokens}\n@media (prefers-color-scheme: dark) { :root:not([data-theme]) {${dark}} }`;
      return { contents, loader: "css" };
    });
  },
};
