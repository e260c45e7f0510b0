import type { ReportModel } from "#core/report/report-model.ts";
import { reportStore } from "#platform/report-store.ts";
import type { ReportBucket } from "#platform/report-store.ts";
import { reportFonts } from "#rendering/fonts/report-fonts.ts";
import { renderPdf } from "#rendering/render-pdf.ts";

/** Renders the model of the request, keeps it in R2 and answers what it reads back. */
// eslint-disable-next-line import/no-default-export -- a Worker's entry is its default export.
export default {
  async fetch(request: Request, env: { REPORTS: ReportBucket }): Promise<Response> {
    const model = (await request.json()) as ReportModel;
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
  },
};
