import "./file-list.css";

import type { ReportFormat } from "#core/report/report-format.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { FORMAT_WORDS } from "./choice-words.ts";
import { fileSize } from "./file-size.ts";

type Entry = { format: ReportFormat; bytes: number | null; href: string };

/** A line for each file, with what it is good for and its size. */
export function FileList({ files }: { files: readonly Entry[] }) {
  return (
    <ul class="file-list">
      {files.map(
        ({ format, bytes, href }) =>
          bytes !== null && (
            <li key={format}>
              <a href={href} download>
                <Icon name="download" size={16} />
                <strong>{FORMAT_WORDS[format].label}</strong>
                <span class="file-line">{FORMAT_WORDS[format].line}</span>
                <span class="file-bytes">{fileSize(bytes)}</span>
              </a>
            </li>
          ),
      )}
    </ul>
  );
}
