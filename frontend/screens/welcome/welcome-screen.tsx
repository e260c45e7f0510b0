import "./welcome.css";

import { useEffect } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
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
  const [query] = useQuery();
  const { sites } = useWorkspace();
  const isFirst = sites.length === 0;
  const asked = STEPS.find((step) => step.key === query.step)?.key;
  const step = isFirst ? "site" : (asked ?? "install");
  return (
    <Page title={isFirst ? "Welcome" : "Set up"}>
      <div class="welcome">
        <StepList current={step} />
        <Step step={step} />
      </div>
    </Page>
  );
}

function Step({ step }: { step: StepKey }) {
  const { site } = useWorkspace();
  const [, setQuery] = useQuery();
  const go = (next: StepKey, change: Record<string, string> = {}) => setQuery({ step: next, ...change });
  if (step === "site" || !site) return <SiteStep onMade={(made) => go("install", { site: made.id })} />;
  switch (step) {
    case "install":
      return <InstallStep site={site} onNext={() => go("campaign", { site: site.id })} />;
    case "campaign":
      return (
        <CampaignStep
          key={site.id}
          site={site}
          onMade={({ id }) => go("ready", { site: site.id, campaign: id })}
        />
      );
    case "ready":
      return <Ready site={site} />;
  }
}

/** An address without its campaign leads back to making one. */
function Ready({ site }: { site: Site }) {
  const [query, setQuery] = useQuery();
  const campaignId = query.campaign ?? "";
  const resource = useResource<Campaign>(campaignId ? paths.campaign(campaignId) : null);
  const isMissing = campaignId === "" || resource.problem !== null;
  useEffect(() => {
    if (isMissing) setQuery({ step: "campaign", campaign: null }, true);
  }, [isMissing, setQuery]);
  return resource.value ? <ReadyStep site={site} campaign={resource.value} /> : null;
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
