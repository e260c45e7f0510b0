import "./states.css";

import type { ComponentChildren } from "preact";

/** A grey piece in the place and size of what comes. */
export function Bone({ width = "100%", height = 16 }: { width?: string | number; height?: number }) {
  const size = typeof width === "number" ? `${width}px` : width;
  return <span class="skeleton" style={{ width: size, height: `${height}px` }} />;
}

/** Wraps bones: silent for 150 ms, then says once that something is loading. */
export function Skeleton({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="skeleton-wait" role="status" aria-label={`Loading ${label}`}>
      {children}
    </div>
  );
}

/** Bones in the layout of a table. */
export function TableSkeleton({ label, rows = 6 }: { label: string; rows?: number }) {
  return (
    <Skeleton label={label}>
      <div class="stack" style={{ "--gap": "18px", padding: "20px" }}>
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} class="row" style={{ "--gap": "24px", flexWrap: "nowrap" }}>
            <Bone width={`${38 - (index % 3) * 6}%`} />
            <span class="grow" />
            <Bone width="10%" />
            <Bone width="10%" />
            <Bone width="12%" />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
