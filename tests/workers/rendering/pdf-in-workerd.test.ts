// @module-tag long
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHarness } from "#scripts/stack/workers/harness.ts";

import { renderPdf } from "#rendering/render-pdf.ts";

import { readFonts } from "#tests/rendering/read-fonts.ts";
import { emptyReport, executiveReport, roiReport, sponsorReport } from "#tests/rendering/sample-kinds.ts";
import { attributionOf, sampleAttributionRows, sampleReport } from "#tests/rendering/sample-report.ts";

const server = await createHarness({
  root: fileURLToPath(new URL("./pdf-worker/", import.meta.url)),
  workers: [{ configPath: "./wrangler.toml" }],
});
beforeAll(async () => await server.listen(), 60_000);
afterAll(async () => await server.close(), 30_000);

describe("the PDF in the runtime of a Worker", () => {
  it("is the one that Node makes, to the byte, with fonts imported as modules and the file kept in R2", async () => {
    const model = sampleReport();
    const labels = Array.from({ length: 200 }, (_, index) => `Καμπάνια ${index} 😀`);
    const long = { ...model, attribution: attributionOf(model, sampleAttributionRows(labels)) };
    const others = [
      sponsorReport({ language: "fr", locale: "fr-FR" }),
      roiReport({ language: "de", locale: "de-CH" }),
      executiveReport({ language: "es", locale: "es-ES" }),
      emptyReport(),
    ];
    for (const report of [model, long, ...others]) {
      const response = await server.fetch("/", { method: "POST", body: JSON.stringify(report) });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/pdf");
      expect(response.headers.get("x-key")).toMatch(/^reports\/acc_1\/[0-9a-f]{64}\.pdf$/);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get("x-size")).toBe(String(bytes.length));
      const expected = await renderPdf(report, { fonts: readFonts(), logo: null });
      expect(bytes.equals(Buffer.from(expected.bytes))).toBe(true);
      expect(response.headers.get("x-replaced")).toBe(expected.replacedGlyphs.join(" "));
    }
  }, 60_000);
});
