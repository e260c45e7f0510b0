import { fileURLToPath } from "node:url";

import { renderPdf } from "#rendering/render-pdf.ts";
import { createHarness } from "#scripts/stack/workers/harness.ts";
import { readFonts } from "#tests/rendering/read-fonts.ts";
import { readTexts } from "#tests/rendering/read-texts.ts";
import { longReport } from "#tests/rendering/sample-kinds.ts";
import { type BenchResult, median, timedMs } from "./bench-result.ts";

const PAGES = 10;
const CAMPAIGNS = 80;
const ROUNDS = 9;
const WORKER = fileURLToPath(new URL("../workers/rendering/pdf-worker/", import.meta.url));

/** Both ways write the same texts in workerd, in turns, and keep the file in R2. */
export async function bench(): Promise<BenchResult[]> {
  process.env["WRANGLER_LOG"] ??= "error";
  const model = longReport(CAMPAIGNS);
  const pages = await readTexts((await renderPdf(model, { fonts: readFonts(), logo: null })).bytes);
  if (pages.length !== PAGES) throw new Error(`The bench's report has ${pages.length} pages`);
  const server = await createHarness({ root: WORKER, workers: [{ configPath: "./wrangler.toml" }] });
  await server.listen();
  try {
    const write = async (path: string): Promise<number> => {
      const response = await server.fetch(path);
      if (!response.ok) throw new Error(`Cannot write ${path}: status ${response.status}`);
      return Number(await response.text());
    };
    await server.fetch("/kept", { method: "POST", body: JSON.stringify({ model, pages }) });
    const bytes = { report: await write("/kept/report"), bare: await write("/kept/bare") };
    const seconds = { report: [] as number[], bare: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      seconds.report.push((await timedMs(async () => await write("/kept/report"))) / 1000);
      seconds.bare.push((await timedMs(async () => await write("/kept/bare"))) / 1000);
    }
    const [report, bare] = [median(seconds.report), median(seconds.bare)];
    const texts = pages.flat();
    const letters = texts.reduce((sum, { text }) => sum + text.length, 0);
    return [
      {
        name: `PDF of ${PAGES} pages ÷ the library's own drawing of the same texts, in workerd`,
        ratio: report / bare,
        target: 1.3,
        bound: "at most",
        detail: `medians of ${ROUNDS}: report ${told(report, bytes.report)}, library ${told(bare, bytes.bare)}; ${texts.length.toLocaleString("en")} texts of ${letters.toLocaleString("en")} letters`,
      },
    ];
  } finally {
    await server.close();
  }
}

function told(seconds: number, bytes: number): string {
  return `${seconds.toFixed(3)} s (${(bytes / 1e3).toFixed(0)} kB)`;
}
