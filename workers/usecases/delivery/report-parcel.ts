import type { ReportFormat } from "#core/report/report-format.ts";
import { reportFileName } from "#core/report/report-file-name.ts";
import type { ReportRecord } from "#db/queries/reports/report-record.ts";
import type { MailAttachment, Mailer } from "#platform/mail/mailer.ts";
import type { Deps } from "#usecases/deps.ts";

/** A mail with more than this is turned away or cut by many mailboxes: its files are linked. */
const MAX_ATTACHED_BYTES = 4_000_000;
/** What is left of the provider's limit for the texts of the mail. */
const TEXT_BYTES = 200_000;

export type FormatFile = { format: ReportFormat; key: string; sizeBytes: number };

/** The files that are to go along; null when one of them was never made. */
export function filesOf(report: ReportRecord): FormatFile[] | null {
  const known: Record<ReportFormat, [key: string | null, sizeBytes: number | null]> = {
    pdf: [report.pdfKey, report.pdfBytes],
    xlsx: [report.xlsxKey, report.xlsxBytes],
    csv: [report.csvKey, report.csvBytes],
    json: [report.modelKey, report.modelBytes],
  };
  const files: FormatFile[] = [];
  for (const format of report.options.formats) {
    const [key, sizeBytes] = known[format];
    if (key === null) return null;
    files.push({ format, key, sizeBytes: sizeBytes ?? 0 });
  }
  return files;
}

export type Parcel = {
  attached: FormatFile[];
  linked: { formats: ReportFormat[]; url: string; endsOn: string | null } | null;
};

/**
 * Whether the files go along: all of them or none, since who gets a part looks for the rest. Base64 writes three bytes as
 * four.
 */
export function fits({ maxBytes }: Pick<Mailer, "maxBytes">, files: readonly FormatFile[]): boolean {
  return bytesOf(files) <= Math.min(MAX_ATTACHED_BYTES, ((maxBytes - TEXT_BYTES) * 3) / 4);
}

/** Files that are too large for a mail, behind a link; `endsOn`: the last day on which it works. */
export function linkedParcel(files: readonly FormatFile[], url: string, endsOn: string | null): Parcel {
  return { attached: [], linked: { formats: files.map(({ format }) => format), url, endsOn } };
}

function bytesOf(files: readonly FormatFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** The attached files with their bytes; null when one of them is gone. */
export async function attachmentsOf(
  deps: Pick<Deps, "reportStore">,
  report: ReportRecord,
  files: readonly FormatFile[],
): Promise<MailAttachment[] | null> {
  const { from, to } = report.options;
  const attachments = await Promise.all(
    files.map(async ({ key }) => {
      const file = await deps.reportStore.get(key);
      if (file === null) return null;
      const extension = key.slice(key.lastIndexOf(".") + 1);
      return {
        filename: reportFileName({ title: report.title, from, to, extension }),
        contentType: file.contentType,
        bytes: await file.bytes(),
      };
    }),
  );
  const found = attachments.filter((attachment) => attachment !== null);
  return found.length === files.length ? found : null;
}
