import { build, type Plugin } from "esbuild";
import type { DocBlock } from "./doc-blocks.ts";

const ORDER_PROPS = JSON.stringify({ value: "49.90", currency: "EUR", orderId: "A-1001" });

/** The files of a Next.js app that a guide has, with the components that they show drawn on a page. */
export async function bundleNextApp(
  blocks: readonly DocBlock[],
  prepare: (text: string) => string,
): Promise<string> {
  const files = new Map(blocks.map(({ marks, code }) => [`/${marks["file"]}`, prepare(code)]));
  const drawn = blocks.filter(({ marks }) => marks["shows"] !== undefined);
  const shown = drawn.map(
    ({ marks }, index) => `import { ${marks["shows"]} as Part${index} } from "/${marks["file"]}";`,
  );
  const entry = `import { h, render } from "preact";
${shown.join("\n")}
render(h("div", null, ${drawn.map((_, index) => `h(Part${index}, ${ORDER_PROPS})`).join(", ")}), document.body);`;
  const { outputFiles } = await build({
    stdin: { contents: entry, loader: "tsx", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: { react: "preact/compat" },
    plugins: [nextApp(files)],
  });
  return `<body></body><script>${(outputFiles[0]?.text ?? "").replaceAll("</script", String.raw`<\/script`)}</script>`;
}

function nextApp(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: "next-app",
    setup(bundler) {
      const source = (contents: string) => ({
        contents,
        loader: "tsx" as const,
        resolveDir: import.meta.dirname,
      });
      bundler.onResolve({ filter: /^next\/script$/ }, () => ({ path: "script", namespace: "next" }));
      bundler.onLoad({ filter: /.*/, namespace: "next" }, () => source(NEXT_SCRIPT));
      bundler.onResolve({ filter: /^@?\/app\// }, ({ path }) => ({
        path: path.replace(/^@/, "").replace(/(?:\.tsx)?$/, ".tsx"),
        namespace: "app",
      }));
      bundler.onLoad({ filter: /.*/, namespace: "app" }, ({ path }) => source(files.get(path) ?? ""));
    },
  };
}

/** What next/script does after the page is interactive: an element with all its attributes. */
const NEXT_SCRIPT = `import { useEffect } from "preact/hooks";
export default function Script({ strategy, ...attributes }) {
  useEffect(() => {
    const element = document.createElement("script");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
  }, []);
  return null;
}`;
