import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Link } from "#contract/links.ts";
import type { Site } from "#contract/sites.ts";
import { deleteLink } from "#frontend/api/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { Button, IconButton } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { CopyButton } from "#frontend/parts/copy-button.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";
import { NewLinkDialog } from "./new-link-dialog.tsx";

const SHOWN = 200;

type PanelProps = { site: Site; campaign: Campaign | null };

/** Short links: where they lead and for which campaign they count. */
export function LinksPanel({ site, campaign }: PanelProps) {
  const { me } = useWorkspace();
  const isEditor = canEdit(me);
  const campaigns = useResource<List<Campaign>>(campaign ? null : paths.campaigns(site.id, { limit: SHOWN }));
  const links = useResource<List<Link>>(linksPath(site, campaign));
  const [open, setOpen] = useState<"new" | Link | null>(null);
  const known = campaigns.value?.items ?? [];
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
        names={campaign ? null : new Map(known.map((entry) => [entry.id, entry.name]))}
        create={create}
        onRemove={isEditor ? setOpen : null}
      />
      <OpenDialog open={open} site={site} campaign={campaign} campaigns={known} onClose={close} />
    </Card>
  );
}

type OpenProps = PanelProps & {
  open: "new" | Link | null;
  campaigns: readonly Campaign[];
  onClose: () => void;
};

function OpenDialog({ open, site, campaign, campaigns, onClose }: OpenProps) {
  if (open === null) return null;
  if (open !== "new") return <RemoveDialog site={site} link={open} onClose={onClose} />;
  return <NewLinkDialog site={site} campaign={campaign} campaigns={campaigns} onClose={onClose} />;
}

function linksPath(site: Site, campaign: Campaign | null): string {
  return paths.links(site.id, { ...(campaign ? { campaign: campaign.id } : {}), limit: SHOWN });
}

type ListProps = {
  resource: Resource<List<Link>>;
  names: Names;
  create: ComponentChildren;
  onRemove: ((link: Link) => void) | null;
};

function LinkList({ resource, names, create, onRemove }: ListProps) {
  return (
    <Loaded resource={resource} what="Links" skeleton={<TableSkeleton label="links" rows={3} />} compact>
      {(list) =>
        list.items.length === 0 ? (
          <EmptyState title="No link yet" action={create} compact>
            A short link counts each click, adds the utm parameters, and leads on to your page.
          </EmptyState>
        ) : (
          <DataTable
            caption="Short links"
            columns={columns(names, onRemove)}
            rows={list.items}
            keyOf={(link) => link.id}
          />
        )
      }
    </Loaded>
  );
}

type Names = ReadonlyMap<string, string> | null;

function columns(names: Names, onRemove: ((link: Link) => void) | null): Column<Link>[] {
  const nameOf = (link: Link) => (link.campaignId ? names?.get(link.campaignId) : null) ?? null;
  const campaign: Column<Link> = {
    key: "campaign",
    header: "Campaign",
    wideOnly: true,
    cell: (link) => nameOf(link) ?? <span class="muted">None</span>,
  };
  return [
    {
      key: "slug",
      header: "Link",
      sortBy: (link) => link.slug,
      cell: (link) => (
        <>
          <span class="table-link table-long">{withoutScheme(link.url)}</span>
          {link.note && <span class="table-sub">{link.note}</span>}
          <span class="table-sub table-narrow table-long">Leads to {withoutScheme(link.destination)}</span>
          {nameOf(link) && <span class="table-sub table-narrow">{nameOf(link)}</span>}
        </>
      ),
    },
    {
      key: "destination",
      header: "Leads to",
      wideOnly: true,
      cell: (link) => (
        <span class="truncate muted" style={{ display: "block", maxWidth: "320px" }} title={link.destination}>
          {withoutScheme(link.destination)}
        </span>
      ),
    },
    ...(names ? [campaign] : []),
    actsColumn(onRemove),
  ];
}

function actsColumn(onRemove: ((link: Link) => void) | null): Column<Link> {
  return {
    key: "acts",
    header: "Actions",
    quiet: true,
    numeric: true,
    cell: (link) => (
      <span class="row" style={{ justifyContent: "flex-end", flexWrap: "nowrap" }}>
        <CopyButton text={link.url} what={`link ${link.slug}`} />
        {onRemove && (
          <IconButton small icon="trash" label={`Delete link ${link.slug}`} onClick={() => onRemove(link)} />
        )}
      </span>
    ),
  };
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, "");
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
