import type { ComponentChildren } from "preact";

import type { Link, LinkFigures, LinkFiguresRow } from "#contract/links.ts";
import { sumOf } from "#frontend/analytics/totals.ts";
import type { List } from "#frontend/api/paths.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatMoney } from "#frontend/format/money.ts";
import { formatCount, NO_VALUE } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { Term } from "#frontend/parts/tooltip.tsx";

type Figures = NonNullable<LinkFiguresRow["figures"]>;
/** `figures`: undefined while they load, null where they are not known. */
export type LinkRow = { link: Link; figures: Figures | null | undefined };

/** What the table says of the links' figures: in columns, and on a phone, which has no room for them, in a line. */
export type ToldFigures = {
  columns: Column<LinkRow>[];
  line: (row: LinkRow) => ComponentChildren;
  /** Absent where nothing is known yet. */
  total?: ComponentChildren;
};

type Measure = {
  key: "clicks" | "visitors" | "conversions" | "revenueMinor";
  header: string;
  explanation: string;
  /** Somebody may have come by two links. */
  isUnique?: boolean;
};

type Told = Pick<Figures, Measure["key"]>;

const MEASURES: readonly Measure[] = [
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
    isUnique: true,
  },
  {
    key: "conversions",
    header: "Conversions",
    explanation:
      "In these very visits. Credit by model, which earlier visits share, is by campaign and channel.",
  },
  {
    key: "revenueMinor",
    header: "Revenue",
    explanation: "Of the conversions in these very visits, less refunds.",
  },
];

/** A total is told where the page has all links, and all of them are known. */
export function toldFigures(links: List<Link>, figures: LinkFigures | undefined): ToldFigures {
  const known = figures?.items.flatMap((row) => row.figures ?? []) ?? [];
  const isWhole = figures !== undefined && links.next === null && known.length === figures.items.length;
  const format = (key: Measure["key"], value: number) =>
    key === "revenueMinor" && figures ? formatMoney(value, figures.currency) : formatCount(value);
  const sums = isWhole ? sumsOf(known) : null;
  return {
    columns: MEASURES.map(({ key, header, explanation, isUnique }) => ({
      key,
      header,
      explanation,
      numeric: true,
      wideOnly: true,
      sortBy: (row) => row.figures?.[key] ?? null,
      cell: ({ figures: told }) => <Figure told={told} words={(of) => format(key, of[key])} />,
      ...(sums && !isUnique ? { total: format(key, sums[key]) } : {}),
    })),
    line: ({ figures: told }) =>
      told === undefined ? null : <Figure told={told} words={(of) => inWords(of, format)} />,
    ...(sums && {
      total: (
        <>
          Total
          <span class="table-sub table-narrow">{inWords(sums, format)}</span>
        </>
      ),
    }),
  };
}

function sumsOf(rows: readonly Figures[]): Told {
  return {
    clicks: sumOf(rows, (row) => row.clicks),
    visitors: sumOf(rows, (row) => row.visitors),
    conversions: sumOf(rows, (row) => row.conversions),
    revenueMinor: sumOf(rows, (row) => row.revenueMinor),
  };
}

/** "14 clicks · 3 conversions · €74.40". */
function inWords(of: Told, format: (key: Measure["key"], value: number) => string): string {
  const counted = (key: "clicks" | "conversions", one: string) =>
    `${format(key, of[key])} ${one}${of[key] === 1 ? "" : "s"}`;
  return [
    counted("clicks", "click"),
    counted("conversions", "conversion"),
    format("revenueMinor", of.revenueMinor),
  ].join(" · ");
}

const NOT_KEPT_APART =
  "On these days more links were in use than are kept apart, and this one is not among those that are.";

type FigureProps = { told: LinkRow["figures"]; words: (of: Figures) => string };

function Figure({ told, words }: FigureProps) {
  if (told === undefined) return <>{NO_VALUE}</>;
  if (told === null) return <Term explanation={NOT_KEPT_APART}>{NO_VALUE}</Term>;
  return <>{words(told)}</>;
}

/** Where those of the chosen days did not load, those of other days are none: they would stand there for them. */
export function ofChosenDays(figures: Resource<LinkFigures>): Resource<LinkFigures> {
  const isOfOthers = figures.problem !== null && figures.isStale;
  return isOfOthers ? { ...figures, value: undefined, isStale: false } : figures;
}

/** The links are there all the same. */
export function FiguresFailed({ figures: { problem, value, reload } }: { figures: Resource<LinkFigures> }) {
  if (problem === null || value !== undefined) return null;
  return (
    <div style={{ padding: "12px 20px" }}>
      <Notice
        tone="warn"
        title="The figures did not load."
        action={<Button onClick={reload}>Try again</Button>}
      >
        {problem.message}
      </Notice>
    </div>
  );
}
