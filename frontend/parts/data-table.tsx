import "./data-table.css";

import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

import { Icon } from "./icon.tsx";
import { ScrollBox } from "./scroll-box.tsx";
import { sortRows } from "./sort-rows.ts";
import type { Sort } from "./sort-rows.ts";
import { tipHandlers } from "./tooltip.tsx";
import { useMedia } from "./use-media.ts";

export type Column<T> = {
  key: string;
  header: string;
  /** One line for a word of the trade, on hover and focus. */
  explanation?: string;
  numeric?: boolean;
  /** Absent: the column cannot be sorted. */
  sortBy?: (row: T) => string | number | null;
  /** 0..1: the bar behind the cell. */
  share?: (row: T) => number;
  cell: (row: T) => ComponentChildren;
  /** The totals row; it equals the sum of the rows where a sum makes sense. */
  total?: ComponentChildren;
  /** First column of a group of columns: a line stands before it. */
  edge?: boolean;
  /** What the table is looked at for: where there is little room it comes right after the first column. */
  answers?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
  /** A column of buttons: its header is read, not shown. */
  quiet?: boolean;
};

/** Without the rail, as in `frame.css`. */
const LITTLE_ROOM = "(max-width: 860px)";

export type ColumnGroup = { label: string; span: number };

type TableProps<T> = {
  caption: string;
  columns: readonly Column<T>[];
  groups?: readonly ColumnGroup[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  initialSort?: Sort;
  /** The URL's sort instead of the table's own. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** A click anywhere on the row; the first cell holds the link for the keyboard. */
  onRow?: ((row: T) => void) | undefined;
};

/** First column text, numbers right and tabular, sortable, with totals. */
export function DataTable<T>(props: TableProps<T>) {
  const { caption, rows, keyOf, onRow } = props;
  const columns = useOrderedColumns(props);
  const [ownSort, setOwnSort] = useState<Sort | null>(props.initialSort ?? null);
  const sort = props.sort ?? ownSort;
  const setSort = props.onSort ?? setOwnSort;

  const sortBy = columns.find((column) => column.key === sort?.key)?.sortBy;
  const shown = sort && sortBy ? sortRows(rows, sortBy, sort.direction) : rows;

  return (
    <ScrollBox label={caption}>
      <table class="table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          {props.groups && <GroupRow groups={props.groups} />}
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <BodyRow key={keyOf(row)} row={row} columns={columns} onRow={onRow} />
          ))}
        </tbody>
        {columns.some((column) => column.total !== undefined) && <TotalsRow columns={columns} />}
      </table>
    </ScrollBox>
  );
}

/** Columns under common headings stay together. */
function useOrderedColumns<T>({ columns, groups }: TableProps<T>): readonly Column<T>[] {
  const hasLittleRoom = useMedia(LITTLE_ROOM);
  return hasLittleRoom && !groups ? answersFirst(columns) : columns;
}

function answersFirst<T>([name, ...others]: readonly Column<T>[]): Column<T>[] {
  return [
    ...(name ? [name] : []),
    ...others.filter(({ answers }) => answers),
    ...others.filter(({ answers }) => !answers),
  ];
}

function GroupRow({ groups }: { groups: readonly ColumnGroup[] }) {
  return (
    <tr>
      {groups.map((group, index) =>
        group.label ? (
          <th key={group.label} class="table-group" scope="colgroup" colSpan={group.span}>
            {group.label}
          </th>
        ) : (
          <td key={index} class="table-group" colSpan={group.span} />
        ),
      )}
    </tr>
  );
}

type HeaderProps<T> = { column: Column<T>; sort: Sort | null; onSort: (sort: Sort) => void };

function HeaderCell<T>({ column, sort, onSort }: HeaderProps<T>) {
  const tipId = useId();
  const direction = sort?.key === column.key ? sort.direction : null;
  const tip = column.explanation ? { ...tipHandlers(column.explanation), "aria-describedby": tipId } : {};
  const ariaSort = direction === "asc" ? "ascending" : "descending";
  return (
    <th scope="col" class={cellClass(column)} {...(direction ? { "aria-sort": ariaSort } : {})}>
      {column.sortBy ? (
        <button type="button" class="table-sort" onClick={() => onSort(nextSort(column, direction))} {...tip}>
          {column.header}
          <Icon name={direction === "asc" ? "arrowUp" : "arrowDown"} size={14} />
        </button>
      ) : (
        <PlainHeader column={column} tip={tip} />
      )}
      {column.explanation && (
        <span id={tipId} hidden>
          {column.explanation}
        </span>
      )}
    </th>
  );
}

function PlainHeader<T>({ column, tip }: { column: Column<T>; tip: object }) {
  if (column.quiet) return <span class="sr-only">{column.header}</span>;
  const focusable = column.explanation ? { tabIndex: 0, role: "note" as const } : {};
  return (
    <span {...focusable} {...tip}>
      {column.header}
    </span>
  );
}

/** Numbers are most asked for from the top, words from A. */
function nextSort<T>(column: Column<T>, direction: Sort["direction"] | null): Sort {
  const first = column.numeric ? "desc" : "asc";
  if (direction === null) return { key: column.key, direction: first };
  return { key: column.key, direction: direction === "asc" ? "desc" : "asc" };
}

type RowProps<T> = { row: T; columns: readonly Column<T>[]; onRow: ((row: T) => void) | undefined };

function BodyRow<T>({ row, columns, onRow }: RowProps<T>) {
  const open = (event: MouseEvent) => {
    const isControl = event.target instanceof Element && event.target.closest("a,button,input,label");
    if (!isControl && !getSelection()?.toString()) onRow?.(row);
  };
  return (
    <tr {...(onRow ? { class: "table-row-link", onClick: open } : {})}>
      {columns.map((column, index) => {
        const share = column.share?.(row);
        const style =
          share === undefined ? {} : { style: { "--share-of": `${Math.round(share * 1_000) / 10}%` } };
        const look = `${cellClass(column)}${share ? " table-share" : ""}${index === 0 ? " table-first" : ""}`;
        return index === 0 ? (
          <th key={column.key} scope="row" class={look} {...style}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.key} class={look} {...style}>
            {column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
}

function TotalsRow<T>({ columns }: { columns: readonly Column<T>[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} scope="row">
              {column.total ?? "Total"}
            </th>
          ) : (
            <td key={column.key} class={cellClass(column)}>
              {column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

function cellClass<T>(column: Column<T>): string {
  return `${column.numeric ? "table-num" : ""}${column.edge ? " table-edge" : ""}${column.wideOnly ? " table-wide" : ""}`;
}
