import { useState } from "preact/hooks";

import type { NewShare, Share } from "#contract/report-shares.ts";
import type { Report } from "#contract/reports.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { revokeShare } from "#frontend/api/report-shares.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatDayShort, formatMinute, dayInZone } from "#frontend/format/date.ts";
import { formatCounted } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { ShareDialog } from "./share-dialog.tsx";

type SharesProps = { report: Report; zone: string };

/** Links by which anybody who has one reads this report, and nothing else. */
export function SharesCard({ report, zone }: SharesProps) {
  const resource = useResource<List<Share>>(reportPaths.shares(report.id));
  const [isNew, setIsNew] = useState(false);
  const [made, setMade] = useState<NewShare | null>(null);
  return (
    <Card
      title="Links"
      sub="Whoever has one reads this report, without an account."
      tools={
        <Button small icon="plus" onClick={() => setIsNew(true)}>
          New link
        </Button>
      }
      flush
    >
      {made && <Made share={made} />}
      <Loaded
        resource={resource}
        what="The links"
        compact
        skeleton={<TableSkeleton label="links" rows={1} />}
      >
        {(list) =>
          list.items.length === 0 ? (
            <p class="report-nobody">No link yet.</p>
          ) : (
            <ul aria-label="Links to this report">
              {list.items.map((share) => (
                <ShareLine key={share.id} share={share} reportId={report.id} zone={zone} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isNew && (
        <ShareDialog
          reportId={report.id}
          onClose={() => setIsNew(false)}
          onMade={(share) => {
            setMade(share);
            setIsNew(false);
          }}
        />
      )}
    </Card>
  );
}

/** The one time that the link can be read. */
function Made({ share }: { share: NewShare }) {
  return (
    <div class="stack share-made">
      <CopyBox text={share.url} what="the link" />
      <Notice tone="warn" title="Copy it now.">
        It is kept as a fingerprint only and cannot be shown again.
      </Notice>
    </div>
  );
}

type LineProps = { share: Share; reportId: string; zone: string };

function ShareLine({ share, reportId, zone }: LineProps) {
  const [now] = useState(() => Date.now());
  const isExpired = Date.parse(share.expiresAt) <= now;
  const isOver = share.revokedAt !== null || isExpired;
  const expires = formatDayShort(dayInZone(Date.parse(share.expiresAt), zone));
  const views = formatCounted(share.views, "view", "views");
  const last = share.lastViewedAt ? `, last ${formatMinute(share.lastViewedAt, zone)}` : "";
  return (
    <li class="share">
      <div class="row spread">
        <span class="small">
          {share.hasPassword ? "With a password" : "Without a password"}, made{" "}
          {formatDayShort(dayInZone(Date.parse(share.createdAt), zone))}
        </span>
        <Badge tone={isOver ? "neutral" : "good"}>{stateOf(share, isExpired, expires)}</Badge>
      </div>
      <div class="row spread">
        <span class="small muted">
          {views}
          {last}
        </span>
        {!isOver && (
          <Button small kind="danger-quiet" onClick={() => void revoke(reportId, share)}>
            Revoke
          </Button>
        )}
      </div>
    </li>
  );
}

function stateOf(share: Share, isExpired: boolean, expires: string): string {
  if (share.revokedAt !== null) return "Revoked";
  return isExpired ? "Expired" : `Until ${expires}`;
}

async function revoke(reportId: string, share: Share): Promise<void> {
  await orSay(async () => {
    await revokeShare(reportId, share.id);
    toast("Revoked: the link opens nothing any more.");
  });
}
