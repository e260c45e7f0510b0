import type { ComponentChildren } from "preact";

import type { Link, LinkFigures, LinkFiguresRow } from "#contract/links.ts";
import { sumOf } from "#frontend/analytics/totals.ts";
import type { List } from "#frontend/api/paths.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, NO_VALUE } from "#frontend/format/number.ts";
import { Button, IconButton } from "#frontend/parts/button.tsx";
import { CopyButton } from "#frontend/parts/copy-button.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";

type Names = ReadonlyMap<string, string> | null;
type Figures = NonNullable<LinkFiguresRow["figures"]>;
/** `figures`: undefined while they load, null where they are not known. */
type Row = { link: Link; figures: Figures | null | undefined };

type ListProps = {
  resource: Resource<List<Link>>;
  /** Of the campaigns; null where all links are of one. */
  names: Names;
  /** Null where they are not asked for. */
  figures: Resource<LinkFigures> | null;
  create: ComponentChildren;
  onRemove: ((link: Link) => void) | null;
};

/** The links as a table, the newest first. */
export function LinkList({ resource, names, figures, create, onRemove }: ListProps) {
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
                columns={columns({ names, onRemove }, figures && figureColumns(list, figures.value))}
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

/** The links are there all the same. */
function FiguresFailed({ figures: { problem, value, isStale, reload } }: { figures: Resource<LinkFigures> }) {
  if (problem === null || (value !== undefined && !isStale)) return null;
  return (
    <Notice
      tone="warn"
      title="The figures did not load."
      action={<Button onClick={reload}>Try again</Button>}
    >
      {problem.message}
    </Notice>
  );
}

function rowsOf({ items }: List<Link>, figures: LinkFigures | undefined): Row[] {
  const byId = new Map(figures?.items.map((row) => [row.linkId, row.figures]));
  return items.map((link) => ({ link, figures: byId.get(link.id) }));
}

type Place = Pick<ListProps, "names" | "onRemove">;

function columns({ names, onRemove }: Place, figures: Column<Row>[] | null): Column<Row>[] {
  const nameOf = (link: Link) => (link.campaignId ? names?.get(link.campaignId) : null) ?? null;
  const campaign: Column<Row> = {
    key: "campaign",
    header: "Campaign",
    wideOnly: true,
    cell: ({ link }) => nameOf(link) ?? <span class="muted">None</span>,
  };
  return [
    {
      key: "slug",
      header: "Link",
      sortBy: ({ link }) => link.slug,
      cell: ({ link }) => <LinkCell link={link} name={nameOf(link)} withPage={figures !== null} />,
      ...(figures && { total: "Total" }),
    },
    ...(figures ? [] : [DESTINATION]),
    ...(names ? [campaign] : []),
    ...(figures ?? []),
    actsColumn(onRemove),
  ];
}

type CellProps = { link: Link; name: string | null; withPage: boolean };

/** Where figures take the room, the page that it leads to stands under the link, without the parameters. */
function LinkCell({ link, name, withPage }: CellProps) {
  const destination = withoutScheme(link.destination);
  return (
    <>
      <span class="table-link table-long">{withoutScheme(link.url)}</span>
      {link.note && <span class="table-sub">{link.note}</span>}
      <span class={`table-sub table-long${withPage ? "" : " table-narrow"}`} title={link.destination}>
        Leads to {withPage ? destination.replace(/\?.*/, "?…") : destination}
      </span>
      {name && <span class="table-sub table-narrow">{name}</span>}
    </>
  );
}

const DESTINATION: Column<Row> = {
  key: "destination",
  header: "Leads to",
  wideOnly: true,
  cell: ({ link }) => (
    <span class="truncate muted" style={{ display: "block", maxWidth: "320px" }} title={link.destination}>
      {withoutScheme(link.destination)}
    </span>
  ),
};

type Count = { key: "clicks" | "visitors" | "conversions"; header: string; explanation: string };

const COUNTS: readonly Count[] = [
  {
    key: "clicks",
    header: "Clicks",
    explanation:
      "Recorded by the link itself, also where the page never loads or has no pixel. Without bots and previews.",
  },
  {
    key: "visitors",
    header: "Visitors",
    explanation: "Those who came to a page that has the pixel, each counted once.",
  },
  {
    key: "conversions",
    header: "Conversions",
    explanation:
      "In these very visits. Credit by model, which earlier visits share, is by campaign and channel.",
  },
];

function figureColumns(links: List<Link>, figures: LinkFigures | undefined): Column<Row>[] {
  const known = figures?.items.flatMap((row) => row.figures ?? []) ?? [];
  const isWhole = figures !== undefined && links.next === null && known.length === figures.items.length;
  const total = (pick: (row: Figures) => number, format: (value: number) => string) =>
    isWhole ? { total: format(sumOf(known, pick)) } : {};
  const money = (minor: number) => (figures ? formatMoney(minor, figures.currency) : NO_VALUE);
  return [
    ...COUNTS.map(({ key, header, explanation }): Column<Row> => ({
      key,
      header,
      explanation,
      numeric: true,
      answers: key === "clicks",
      wideOnly: key !== "clicks",
      sortBy: (row) => row.figures?.[key] ?? null,
      cell: (row) => <Figure row={row} format={(values) => formatCount(values[key])} />,
      // Somebody may have come by two of them.
      ...(key === "visitors" ? {} : total((values) => values[key], formatCount)),
    })),
    {
      key: "revenue",
      header: "Revenue",
      explanation: "Of the conversions in these very visits, less refunds.",
      numeric: true,
      sortBy: (row) => row.figures?.revenueMinor ?? null,
      cell: (row) => <Figure row={row} format={(values) => money(values.revenueMinor)} />,
      ...total((values) => values.revenueMinor, money),
    },
  ];
}

const NOT_KEPT_APART =
  "On one of these days more links were in use than are kept apart, and this one is among the rest.";

function Figure({ row: { figures }, format }: { row: Row; format: (values: Figures) => string }) {
  if (figures === undefined) return <>{NO_VALUE}</>;
  if (figures === null) return <Term explanation={NOT_KEPT_APART}>{NO_VALUE}</Term>;
  return <>{format(figures)}</>;
}

function actsColumn(onRemove: ListProps["onRemove"]): Column<Row> {
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
