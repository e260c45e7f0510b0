import { defineConfig } from "vite";

const root = import.meta.dirname;

/** Not the chart, nor the readers of files: each is fetched when the first one is. */
const COMMON =
  /node_modules\/(?:@?preact|preact-iso)|frontend\/(?:api|format|state|parts(?!\/(?:uplot-chart|chart-options)))\/|workers\/core\/(?!spend-import|money\/parse-rates)/;

/** `npx vite build --config frontend/vite.config.ts` writes frontend/dist, which Pages serves. */
export default defineConfig({
  root,
  build: {
    outDir: `${root}/dist`,
    emptyOutDir: true,
    target: "es2023",
    // Inlined fonts and icons would weigh on the first load of every page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Parts that most screens use come with the first load: dozens of chunks of a few hundred bytes would make
        // every navigation wait for a chain of requests.
        codeSplitting: {
          groups: [{ name: "parts", test: COMMON }],
        },
      },
    },
  },
});
