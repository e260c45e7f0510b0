import { useState } from "preact/hooks";

import type { Campaign, CampaignStatus } from "#contract/campaigns.ts";
import { nextStatuses } from "#core/campaigns/status-transition.ts";
import { updateCampaign } from "#frontend/api/campaigns.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import type { IconName } from "#frontend/parts/icon.tsx";
import { Menu } from "#frontend/parts/menu.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

type Step = { label: string; icon: IconName };

/** Pause, resume, complete: what may come next, as the rules in core say it. */
export function StatusMenu({ campaign }: { campaign: Campaign }) {
  const { me } = useWorkspace();
  const href = useHref();
  const [busy, setBusy] = useState(false);
  if (!canEdit(me) || campaign.archivedAt !== null) return null;

  const change = async (status: CampaignStatus, from: CampaignStatus | null) => {
    setBusy(true);
    try {
      await updateCampaign(campaign, { status });
      const canUndo = from !== null && nextStatuses(status).includes(from);
      toast(`${campaign.name} is ${DONE[status]}.`, canUndo ? () => void change(from, null) : null);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setBusy(false);
    }
  };
  const steps = nextStatuses(campaign.status).map((status) => ({
    ...stepTo(campaign.status, status),
    onSelect: () => void change(status, campaign.status),
  }));
  const settings = href(`/campaigns/${campaign.id}/settings`, { part: "details" });
  const groups = [steps, [{ label: "Edit details", icon: "edit" as const, href: settings }]];
  return <Menu label={busy ? "Changing the status" : "Change the campaign"} icon="more" groups={groups} />;
}

const DONE: Readonly<Record<CampaignStatus, string>> = {
  draft: "a draft",
  active: "active",
  paused: "paused",
  completed: "completed",
};

function stepTo(from: CampaignStatus, to: CampaignStatus): Step {
  if (to === "paused") return { label: "Pause", icon: "pause" };
  if (to === "completed") return { label: "Complete", icon: "check" };
  if (from === "draft") return { label: "Start", icon: "play" };
  return { label: from === "completed" ? "Reopen" : "Resume", icon: "play" };
}
