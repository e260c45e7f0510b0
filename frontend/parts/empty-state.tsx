import "./states.css";

import type { ComponentChildren } from "preact";

type EmptyProps = {
  title: string;
  children: ComponentChildren;
  /** The one next step. */
  action?: ComponentChildren;
  picture?: "chart" | "table" | "none";
  compact?: boolean;
};

/** What this is, what it will show (a faint picture of it), the one next step. */
export function EmptyState({ title, children, action, picture = "table", compact }: EmptyProps) {
  return (
    <div class={compact ? "state state-compact" : "state"}>
      {picture !== "none" && (
        <div class="state-art" aria-hidden="true">
          {picture === "chart" ? <ChartPicture /> : <TablePicture />}
        </div>
      )}
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

function ChartPicture() {
  return (
    <svg viewBox="0 0 280 96" fill="none" stroke="currentColor">
      <path d="M0 24h280M0 56h280M0 88h280" opacity=".5" />
      <path d="M0 80c22-4 34-30 56-30s32 16 54 12 34-40 58-40 36 26 58 22 30-26 54-34" stroke-width="2.5" />
      <path d="M0 84c30-2 50-14 84-12s60-8 96-20 70-4 100-14" stroke-dasharray="3 5" opacity=".8" />
    </svg>
  );
}

function TablePicture() {
  const rows = [
    { y: 6, text: 74, bar: 150 },
    { y: 38, text: 58, bar: 104 },
    { y: 70, text: 88, bar: 62 },
  ];
  return (
    <svg viewBox="0 0 280 96" fill="currentColor">
      {rows.map((row) => (
        <g key={row.y}>
          <rect x="0" y={row.y} width={row.bar} height="22" rx="4" opacity=".45" />
          <rect x="10" y={row.y + 8} width={row.text} height="6" rx="3" />
          <rect x="246" y={row.y + 8} width="34" height="6" rx="3" />
        </g>
      ))}
    </svg>
  );
}
