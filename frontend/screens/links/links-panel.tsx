import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Link, LinkFigures } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { deleteLink } from "#frontend/api/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { ofChosenDays } from "./link-figures.tsx";
import { LinkList } from "./link-list.tsx";
import { NewLinkDialog } from "./new-link-dialog.tsx";

const SHOWN = 200;
const REFRESH_MS = 60_000;

type Range = { from: string; to: string };

type PanelProps = { site: Site; campaign: Campaign | null };

/** Short links: where they lead, for which campaign they count and, on the days of a range, what came through them. */
export function LinksPanel({ site, campaign, range }: PanelProps & { range?: Range }) {
  const { me } = useWorkspace();
  const isEditor = canEdit(me);
  const { links, figures } = useLinks({ site, campaign }, range ?? null);
  const [open, setOpen] = useState<"new" | Link | null>(null);
  const close = () => setOpen(null);
  const look = campaign ? { small: true } : { kind: "primary" as const };
  const create = isEditor && (
    <Button icon="plus" {...look} onClick={() => setOpen("new")}>
      New link
    </Button>
  );
  return (
    <Card
      title="Short links"
      sub="A click counts even where no pixel runs: in mails, in apps, on paper."
      id="links"
      flush
      tools={links.value?.items.length ? create : null}
    >
      <LinkList
        resource={links}
        isOfOne={campaign !== null}
        figures={figures}
        create={create}
        onRemove={isEditor ? setOpen : null}
      />
      <OpenDialog open={open} site={site} campaign={campaign} onClose={close} />
    </Card>
  );
}

function useLinks({ site, campaign }: PanelProps, range: Range | null) {
  const asked = { ...(campaign ? { campaign: campaign.id } : {}), limit: SHOWN };
  const told = range && paths.linkFigures(site.id, { ...asked, ...range });
  const figures = useResource<LinkFigures>(told, { everyMs: REFRESH_MS });
  return {
    links: useResource<List<Link>>(paths.links(site.id, asked)),
    figures: range && ofChosenDays(figures),
  };
}

type OpenProps = PanelProps & { open: "new" | Link | null; onClose: () => void };

function OpenDialog({ open, site, campaign, onClose }: OpenProps) {
  if (open === null) return null;
  if (open !== "new") return <RemoveDialog site={site} link={open} onClose={onClose} />;
  return <NewLinkDialog site={site} campaign={campaign} onClose={onClose} />;
}

function RemoveDialog({ site, link, onClose }: { site: Site; link: Link; onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Delete this link?"
      name={link.slug}
      action="Delete link"
      onClose={onClose}
      onConfirm={async () => {
        await deleteLink(site.id, link);
        toast(`${link.slug} is deleted.`);
        onClose();
      }}
    >
      <p>Whoever opens it from then on gets a page that says it is gone. Clicks so far keep counting.</p>
    </ConfirmDialog>
  );
}
