import type { ReportModel } from "#core/report/report-model.ts";
import { renderCsv } from "#rendering/render-csv.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";
import { manyCampaigns } from "#tests/rendering/many-campaigns.ts";

import { bareWorkbook } from "./bare-workbook.ts";

type Bucket = { put: (key: string, value: Uint8Array) => Promise<{ size: number }> };

/** Made before anything is measured: the figures are those of writing the file. */
let many: ReportModel | null = null;

/**
 * `POST /xlsx` and `/csv`: the file of the model that is sent. `GET /many?rows=` makes a model and keeps it;
 * `GET /many/xlsx`, `/many/csv` and `/many/bare` write it, keep the file in R2 and answer its size.
 */
// eslint-disable-next-line import/no-default-export -- a Worker's entry is its default export.
export default {
  async fetch(request: Request, env: { REPORTS: Bucket }): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/xlsx":
        return new Response(await renderXlsx((await request.json()) as ReportModel));
      case "/csv":
        return new Response((await renderCsv((await request.json()) as ReportModel)).bytes);
      case "/many":
        many = manyCampaigns(Number(searchParams.get("rows")));
        return new Response("made");
      default: {
        if (many === null) return new Response("Nothing made yet", { status: 409 });
        const { size } = await env.REPORTS.put("many", await fileOf(pathname, many));
        return new Response(String(size));
      }
    }
  },
};

async function fileOf(pathname: string, model: ReportModel): Promise<Uint8Array> {
  switch (pathname) {
    case "/many/xlsx":
      return await renderXlsx(model);
    case "/many/csv":
      return (await renderCsv(model)).bytes;
    case "/many/bare":
      return await bareWorkbook(model);
    default:
      throw new Error(`Nothing is at ${pathname}`);
  }
}
