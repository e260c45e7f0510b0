import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { Campaign } from "#contract/campaigns.ts";
import { archiveCampaign } from "#frontend/api/campaigns.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

/** Out of the lists, out of the matching; its events stay. */
export function ArchiveCard({ campaign }: { campaign: Campaign }) {
  const { me } = useWorkspace();
  const { route } = useLocation();
  const href = useHref();
  const [isAsking, setIsAsking] = useState(false);
  if (!canEdit(me)) return null;
  return (
    <Card title="Archive" id="archive">
      <div class="row spread" style={{ "--gap": "16px" }}>
        <p class="muted">
          The campaign leaves the lists and earns no more credit. Its events, spend and reports are kept.
        </p>
        <Button kind="danger-quiet" onClick={() => setIsAsking(true)}>
          Archive campaign
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={`Archive ${campaign.name}?`}
          name={campaign.name}
          action="Archive campaign"
          onClose={() => setIsAsking(false)}
          onConfirm={async () => {
            await archiveCampaign(campaign);
            toast(`${campaign.name} is archived.`);
            route(href("/campaigns"));
          }}
        >
          <p>What its links and codes brought will be shown without a campaign.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
