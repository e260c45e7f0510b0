import type { ReportModel } from "#core/report/report-model.ts";
import { reportStore } from "#platform/report-store.ts";
import type { ReportBucket } from "#platform/report-store.ts";
import { reportFonts } from "#rendering/fonts/report-fonts.ts";
import { renderPdf } from "#rendering/render-pdf.ts";

import { barePdf } from "./bare-pdf.ts";
import type { BarePage } from "./bare-pdf.ts";

type Env = { REPORTS: ReportBucket & { put(key: string, value: Uint8Array): Promise<unknown> } };

/** What is measured again and again, sent once. */
let kept: { model: ReportModel; pages: readonly BarePage[] } | null = null;

/**
 * `POST /`: renders the model of the request, keeps it in R2 and answers what it reads back. `POST /kept` keeps a model
 * and the texts of its pages; `GET /kept/report` and `/kept/bare` write a PDF of them, keep it in R2 and answer its size.
 */
// eslint-disable-next-line import/no-default-export -- a Worker's entry is its default export.
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return await renderAndReadBack((await request.json()) as ReportModel, env);
    if (request.method === "POST") {
      kept = (await request.json()) as NonNullable<typeof kept>;
      return new Response("kept");
    }
    if (kept === null) return new Response("Nothing kept yet", { status: 409 });
    const bytes =
      pathname === "/kept/bare" ? await barePdf(kept.pages, reportFonts) : await pdfOf(kept.model);
    await env.REPORTS.put("kept", bytes);
    return new Response(String(bytes.length));
  },
};

async function pdfOf(model: ReportModel): Promise<Uint8Array> {
  return (await renderPdf(model, { fonts: reportFonts, logo: null })).bytes;
}

async function renderAndReadBack(model: ReportModel, env: Env): Promise<Response> {
  const { bytes, replacedGlyphs } = await renderPdf(model, { fonts: reportFonts, logo: null });
  const store = reportStore(env.REPORTS);
  const { key } = await store.put({ accountId: "acc_1", type: "pdf", bytes });
  const file = await store.get(key);
  if (file === null) return new Response("Cannot find what was just stored", { status: 500 });
  const headers = {
    "content-type": file.contentType,
    "x-key": key,
    "x-size": String(file.sizeBytes),
    "x-replaced": replacedGlyphs.join(" "),
  };
  return new Response(file.body, { headers });
}
