import "./kind-picture.css";

import type { ReportKind } from "#core/report/report-model.ts";

const PARTS: Readonly<Record<ReportKind, string>> = {
  // Tiles, a line, a table.
  "campaign-performance":
    "M8 19h9v7h-9zM20 19h9v7h-9zM32 19h9v7h-9zM8 42l6-5 6 3 7-7 7 3 7-6M8 49h33M8 53h25",
  // A logo's place, then one campaign.
  sponsor: "M8 18h12v9h-12zM26 20h15M26 25h10M8 34h33v10h-33zM8 50h33M8 54h20",
  // Two bars, and what is between them.
  roi: "M10 52v-14h8v14zM22 52v-24h8v24zM34 52v-18h7v18zM8 22h20",
  // Few large figures.
  "executive-summary": "M8 20h24M8 25h17M8 33h15v12h-15zM26 33h15v12h-15zM8 52h33",
};

/** A page of each kind, small: what takes most of its room. */
export function KindPicture({ kind }: { kind: ReportKind }) {
  return (
    <svg
      class="kind-picture"
      viewBox="0 0 49 62"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="1" y="1" width="47" height="60" rx="3" class="kind-page" />
      <path d="M1 4a3 3 0 0 1 3-3h41a3 3 0 0 1 3 3v9h-47z" class="kind-band" />
      <path d={PARTS[kind]} stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
