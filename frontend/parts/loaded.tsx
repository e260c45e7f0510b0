import "./loaded.css";

import type { ComponentChildren } from "preact";

import type { Resource } from "#frontend/api/use-resource.ts";
import { ErrorState } from "./error-state.tsx";

type LoadedProps<T> = {
  resource: Resource<T>;
  what: string;
  skeleton: ComponentChildren;
  compact?: boolean;
  children: (value: T) => ComponentChildren;
};

/** Skeleton, then the thing; or what failed. A value already there stays, dimmed, while the next one comes. */
export function Loaded<T>({ resource, what, skeleton, compact, children }: LoadedProps<T>) {
  if (resource.problem && (resource.value === undefined || resource.isStale)) {
    return (
      <ErrorState
        what={what}
        problem={resource.problem}
        onRetry={resource.reload}
        compact={compact ?? false}
      />
    );
  }
  if (resource.value === undefined) return <>{skeleton}</>;
  return (
    <div class={resource.isStale ? "loaded loaded-stale" : "loaded"} aria-busy={resource.isStale}>
      {children(resource.value)}
    </div>
  );
}
