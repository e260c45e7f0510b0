import "./alerts.css";

import type { AlertPlace } from "#frontend/api/alerts.ts";
import { Tabs } from "#frontend/parts/tabs.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { AlertsPanel } from "./alerts-panel.tsx";
import { ChannelsPanel } from "./channels-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";

/** Whose alerts are shown, and what who looks may do. */
export type AlertView = {
  place: AlertPlace;
  /** Of the site whose rules are shown; null: there are no sites here. */
  siteName: string | null;
  zone: string;
  mayAcknowledge: boolean;
  mayChange: boolean;
};

/** What is wrong, when that is told, and where. */
export function AlertTabs({ path, view }: { path: string; view: AlertView }) {
  const href = useHref();
  const [query] = useQuery();
  const tab = query["tab"] === "rules" || query["tab"] === "channels" ? query["tab"] : "alerts";
  return (
    <>
      <Tabs
        label="Alerts"
        tabs={[
          { href: href(path), label: "Now and before", current: tab === "alerts" },
          { href: href(path, { tab: "rules" }), label: "Rules", current: tab === "rules" },
          { href: href(path, { tab: "channels" }), label: "Channels", current: tab === "channels" },
        ]}
      />
      {tab === "alerts" && <AlertsPanel view={view} />}
      {tab === "rules" && <RulesPanel view={view} />}
      {tab === "channels" && <ChannelsPanel view={view} />}
    </>
  );
}
