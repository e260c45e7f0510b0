import { defineConfig } from "vite";

const root = import.meta.dirname;

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
  },
});
