import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runProgram } from "#scripts/run-program.ts";
import { projectFolder, stateFolder } from "#scripts/stack/project.ts";
import type { DocBlock } from "./doc-blocks.ts";

/** React's types are those of Preact, which draws it here. */
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2023", "dom"],
    types: [],
    jsx: "react-jsx",
    jsxImportSource: "preact",
    paths: {
      "@/*": ["./*"],
      react: [join(projectFolder, "node_modules", "preact", "compat", "src", "index.d.ts")],
      "next/script": ["./next-script.d.ts"],
    },
  },
};
const NEXT_SCRIPT = `
type Attributes = import("preact").JSX.HTMLAttributes<HTMLScriptElement> & { src: string; nonce?: string };
export default function Script(attributes: Attributes & { strategy: "afterInteractive" }): import("preact").JSX.Element;
`;

/** What TypeScript finds wrong with the files of a Next.js app that a guide has; empty when they are right. */
export async function findTypeErrors(blocks: readonly DocBlock[]): Promise<string> {
  const folder = join(stateFolder(), "guides", "next");
  const files: [string, string][] = [
    ["tsconfig.json", JSON.stringify(TSCONFIG)],
    ["next-script.d.ts", NEXT_SCRIPT],
    ...blocks.map(({ marks, code }): [string, string] => [String(marks["file"]), code]),
  ];
  await rm(folder, { recursive: true, force: true });
  await Promise.all(
    files.map(async ([name, text]) => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }),
  );
  return (await runProgram("tsc", ["-p", folder])).output;
}
