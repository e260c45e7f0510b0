import type { FunctionComponent } from "preact";

import type { Site } from "#contract/sites.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Tabs } from "#frontend/parts/tabs.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useSite } from "#frontend/state/use-site.ts";
import { AuditTab } from "./audit-tab.tsx";
import { GeneralTab } from "./general-tab.tsx";
import { InstallTab } from "./install-tab.tsx";
import { KeysTab } from "./keys-tab.tsx";
import { MembersTab } from "./members-tab.tsx";
import { PrivacyTab } from "./privacy-tab.tsx";
import { ReportsTab } from "./reports-tab.tsx";

type Tab = {
  key: string;
  label: string;
  component: FunctionComponent<{ site: Site }>;
  /** A log or a preview wants the whole width, a form a line that can be read. */
  isWide?: boolean;
};

const GENERAL: Tab = { key: "general", label: "General", component: GeneralTab };
const TABS: readonly Tab[] = [
  GENERAL,
  { key: "privacy", label: "Privacy", component: PrivacyTab },
  { key: "install", label: "Snippet", component: InstallTab, isWide: true },
  { key: "reports", label: "Reports", component: ReportsTab, isWide: true },
  { key: "keys", label: "API keys", component: KeysTab },
  { key: "members", label: "Members", component: MembersTab },
  { key: "audit-log", label: "Audit log", component: AuditTab, isWide: true },
];

/** All about the site, and who may work on it. */
export function SettingsScreen({ params }: { params?: Record<string, string> }) {
  const site = useSite();
  const href = useHref();
  const current = TABS.find((tab) => tab.key === params?.tab) ?? GENERAL;
  const Body = current.component;
  return (
    <Page title="Settings" aside={<span class="muted">{site.name}</span>}>
      <Tabs
        label="Settings"
        tabs={TABS.map((tab) => ({
          href: href(`/settings/${tab.key}`),
          label: tab.label,
          current: tab === current,
        }))}
      />
      <div class="stack" style={current.isWide ? {} : { maxWidth: "860px" }}>
        <Body key={site.id} site={site} />
      </div>
    </Page>
  );
}
