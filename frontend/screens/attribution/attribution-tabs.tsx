import { Tabs } from "#frontend/parts/tabs.tsx";
import { useHref } from "#frontend/state/links.ts";

/** The two pages of Attribution: what it is now, and what was kept of it. */
export function AttributionTabs({ current }: { current: "workbench" | "runs" }) {
  const href = useHref();
  return (
    <Tabs
      label="Attribution"
      tabs={[
        { href: href("/attribution"), label: "Workbench", current: current === "workbench" },
        { href: href("/attribution/runs"), label: "Saved runs", current: current === "runs" },
      ]}
    />
  );
}
