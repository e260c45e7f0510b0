import type { ComponentChildren } from "preact";

import type { Link, LinkFigures } from "#contract/links.ts";
import type { List } from "#frontend/api/paths.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { IconButton } from "#frontend/parts/button.tsx";
import { CopyButton } from "#frontend/parts/copy-button.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { FiguresFailed, toldFigures } from "./link-figures.tsx";
import type { LinkRow, ToldFigures } from "./link-figures.tsx";

type ListProps = {
  resource: Resource<List<Link>>;
  /** Whether all of them are of one campaign, which need not be named then. */
  isOfOne: boolean;
  /** Null where they are not asked for. */
  figures: Resource<LinkFigures> | null;
  create: ComponentChildren;
  onRemove: ((link: Link) => void) | null;
};

/** The links as a table, the newest first. */
export function LinkList({ resource, isOfOne, figures, create, onRemove }: ListProps) {
  return (
    <Loaded resource={resource} what="Links" skeleton={<TableSkeleton label="links" rows={3} />} compact>
      {(list) =>
        list.items.length === 0 ? (
          <EmptyState title="No link yet" action={create} compact>
            A short link counts each click, adds the utm parameters, and leads on to your page.
          </EmptyState>
        ) : (
          <>
            {figures && <FiguresFailed figures={figures} />}
            <div class={figures?.isStale ? "loaded loaded-stale" : "loaded"} aria-busy={figures?.isStale}>
              <DataTable
                caption="Short links"
                columns={columns({ isOfOne, onRemove }, figures && toldFigures(list, figures.value))}
                rows={rowsOf(list, figures?.value)}
                keyOf={({ link }) => link.id}
              />
            </div>
          </>
        )
      }
    </Loaded>
  );
}

function rowsOf({ items }: List<Link>, figures: LinkFigures | undefined): LinkRow[] {
  const byId = new Map(figures?.items.map((row) => [row.linkId, row.figures]));
  return items.map((link) => ({ link, figures: byId.get(link.id) }));
}

type Place = Pick<ListProps, "isOfOne" | "onRemove">;

function columns({ isOfOne, onRemove }: Place, figures: ToldFigures | null): Column<LinkRow>[] {
  const campaign: Column<LinkRow> = {
    key: "campaign",
    header: "Campaign",
    wideOnly: true,
    cell: ({ link }) => link.campaign ?? <span class="muted">None</span>,
  };
  return [
    {
      key: "slug",
      header: "Link",
      sortBy: ({ link }) => link.slug,
      cell: (row) => <LinkCell row={row} isOfOne={isOfOne} figures={figures} />,
      ...(figures?.total && { total: figures.total }),
    },
    ...(figures ? [] : [DESTINATION]),
    ...(isOfOne ? [] : [campaign]),
    ...(figures?.columns ?? []),
    actsColumn(onRemove),
  ];
}

type CellProps = { row: LinkRow; isOfOne: boolean; figures: ToldFigures | null };

/** Where figures take the room, the page that it leads to stands under the link, without its parameters; on a phone all. */
function LinkCell({ row, isOfOne, figures }: CellProps) {
  const { link } = row;
  const destination = withoutScheme(link.destination);
  return (
    <>
      <span class="table-link table-long">{withoutScheme(link.url)}</span>
      {figures && <span class="table-narrow">{figures.line(row)}</span>}
      {link.note && <span class="table-sub">{link.note}</span>}
      {figures && (
        <span class="table-sub table-long table-wide" title={link.destination}>
          Leads to {destination.replace(/\?.*/, "?…")}
        </span>
      )}
      <span class="table-sub table-narrow table-long">Leads to {destination}</span>
      {!isOfOne && link.campaign && <span class="table-sub table-narrow">{link.campaign}</span>}
    </>
  );
}

const DESTINATION: Column<LinkRow> = {
  key: "destination",
  header: "Leads to",
  wideOnly: true,
  cell: ({ link }) => (
    <span class="truncate muted" style={{ display: "block", maxWidth: "320px" }} title={link.destination}>
      {withoutScheme(link.destination)}
    </span>
  ),
};

function actsColumn(onRemove: ListProps["onRemove"]): Column<LinkRow> {
  return {
    key: "acts",
    header: "Actions",
    quiet: true,
    numeric: true,
    cell: ({ link }) => (
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
