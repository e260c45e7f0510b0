import "./kpi-tile.css";

import type { ComponentChildren } from "preact";

import { NO_VALUE } from "#frontend/format/number.ts";
import type { Change } from "./change.ts";
import { Icon } from "./icon.tsx";
import { Sparkline } from "./sparkline.tsx";
import { Term } from "./tooltip.tsx";

export type KpiView = {
  key: string;
  label: string;
  explanation: string;
  /** Null: no base, and `reason` says which. */
  value: string | null;
  change: Change | null;
  /** Said where there is no change to tell. */
  note?: string | null;
  reason?: string;
  /** The fix, as a link or a button. */
  fix?: ComponentChildren;
  trend?: readonly (number | null)[];
};

type TileProps = { kpi: KpiView; selected?: boolean; onSelect?: (key: string) => void };

/** Label, figure, change in words and arrow, shape. Selecting it shows its series in the chart. */
export function KpiTile({ kpi, selected, onSelect }: TileProps) {
  const choose = onSelect && kpi.trend ? () => onSelect(kpi.key) : undefined;
  return (
    <div class={selected ? "kpi kpi-selected" : "kpi"} role="group" aria-label={kpi.label}>
      {choose && (
        <button
          type="button"
          class="kpi-select"
          aria-pressed={selected ?? false}
          aria-label={`Show ${kpi.label} in the chart`}
          onClick={choose}
        />
      )}
      <div class="kpi-label">
        <Term explanation={kpi.explanation} onClick={choose}>
          {kpi.label}
        </Term>
      </div>
      <div class={kpi.value === null ? "kpi-value kpi-none" : "kpi-value"}>{kpi.value ?? NO_VALUE}</div>
      <Under kpi={kpi} />
      {kpi.trend && <Sparkline values={kpi.trend} />}
    </div>
  );
}

function Under({ kpi }: { kpi: KpiView }) {
  const { value, change, note } = kpi;
  if (value === null) return <Reason kpi={kpi} />;
  if (change) return <ChangeLine change={change} />;
  return note ? <div class="kpi-change">{note}</div> : null;
}

function Reason({ kpi }: { kpi: KpiView }) {
  return (
    <div class="kpi-reason">
      {kpi.reason} {kpi.fix}
    </div>
  );
}

function ChangeLine({ change }: { change: Change }) {
  if (change.direction === "same") return <div class="kpi-change">same as {change.than}</div>;
  return (
    <div class={`kpi-change kpi-${change.judgement}`}>
      <strong>
        <Icon name={change.direction === "up" ? "arrowUp" : "arrowDown"} size={13} />
        {change.direction} {change.size}
      </strong>
      on {change.than}
    </div>
  );
}

type GridProps = {
  label: string;
  /** On wide screens. */
  columns: number;
  /** Without sparklines. */
  plain?: boolean;
  children: ComponentChildren;
};

/** The tiles of a page, as one block. */
export function KpiGrid({ label, columns, plain, children }: GridProps) {
  return (
    <section
      class={plain ? "kpis kpis-plain" : "kpis"}
      aria-label={label}
      style={{ "--kpi-columns": String(columns) }}
    >
      {children}
    </section>
  );
}
