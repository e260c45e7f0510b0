import "./welcome.css";

import { useEffect } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Page } from "#frontend/frame/page.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { CampaignStep } from "./campaign-step.tsx";
import { InstallStep } from "./install-step.tsx";
import { ReadyStep } from "./ready-step.tsx";
import { SiteStep } from "./site-step.tsx";

const STEPS = [
  { key: "site", label: "Your site" },
  { key: "install", label: "The snippet" },
  { key: "campaign", label: "First campaign" },
  { key: "ready", label: "Ready to share" },
] as const;

type StepKey = (typeof STEPS)[number]["key"];

/** From nothing to the first event and the first campaign; each step has its address. */
export function WelcomeScreen() {
  const [query, setQuery] = useQuery();
  const { sites, site } = useWorkspace();
  const asked = STEPS.find((step) => step.key === query.step)?.key;
  const step: StepKey = sites.length === 0 ? "site" : (asked ?? "install");
  const go = (next: StepKey, change: Record<string, string> = {}) => setQuery({ step: next, ...change });
  return (
    <Page title={step === "site" && sites.length === 0 ? "Welcome" : "Set up"}>
      <div class="welcome">
        <StepList current={step} />
        {step === "site" && <SiteStep onMade={(made) => go("install", { site: made.id })} />}
        {step === "install" && site && (
          <InstallStep site={site} onNext={() => go("campaign", { site: site.id })} />
        )}
        {step === "campaign" && site && (
          <CampaignStep
            site={site}
            onMade={(campaign, linkId) => go("ready", { site: site.id, campaign: campaign.id, link: linkId })}
          />
        )}
        {step === "ready" && site && (
          <Ready campaignId={query.campaign ?? ""} onBack={() => go("campaign")} />
        )}
      </div>
    </Page>
  );
}

function Ready({ campaignId, onBack }: { campaignId: string; onBack: () => void }) {
  const { site } = useWorkspace();
  const resource = useResource<Campaign>(campaignId ? paths.campaign(campaignId) : null);
  const isMissing = campaignId === "" || resource.problem !== null;
  useEffect(() => {
    if (isMissing) onBack();
  }, [isMissing]);
  if (!site || !resource.value) return null;
  return <ReadyStep site={site} campaign={resource.value} />;
}

function StepList({ current }: { current: StepKey }) {
  const at = STEPS.findIndex((step) => step.key === current);
  return (
    <ol class="steps" aria-label="Steps">
      {STEPS.map((step, index) => (
        <li
          key={step.key}
          class={index === at ? "step-now" : index < at ? "step-done" : ""}
          {...(index === at ? { "aria-current": "step" as const } : {})}
        >
          <span class="step-mark">{index < at ? <Icon name="check" size={14} /> : index + 1}</span>
          {step.label}
        </li>
      ))}
    </ol>
  );
}
