import type { Report } from "#contract/reports.ts";
import { REPORT_FORMATS } from "#core/report/report-format.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { Card } from "#frontend/parts/card.tsx";
import { FileList } from "#frontend/reports/file-list.tsx";

/** The same figures in each form. */
export function FilesCard({ report }: { report: Report }) {
  return (
    <Card title="Download">
      <FileList
        files={REPORT_FORMATS.map((format) => ({
          format,
          bytes: report.files[format],
          href: reportPaths.file(report.id, format),
        }))}
      />
      {report.replacedGlyphs.length > 0 && (
        <p class="small muted report-glyphs">
          Characters without a shape in the PDF's font: {report.replacedGlyphs.join(" ")}
        </p>
      )}
    </Card>
  );
}
