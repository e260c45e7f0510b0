import type { UnreadableBody } from "#contract/admin.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { formatCount } from "#frontend/format/number.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";

const SHOWN = 200;

/** Objects in storage that no program of ours could read: looked at with the storage's own tools. */
export function UnreadableCard() {
  const resource = useResource<List<UnreadableBody>>(paths.unreadableBodies({ limit: SHOWN }));
  return (
    <Card
      title="Objects that nobody could read"
      sub="Set aside in the bucket waymark-spill: no message of ours, or of a site that is gone."
      tools={<Count list={resource.value} />}
      flush
    >
      <Loaded
        resource={resource}
        what="The objects"
        skeleton={<TableSkeleton label="objects" rows={2} />}
        compact
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="None" picture="none" compact>
              Every body that came could be read.
            </EmptyState>
          ) : (
            <DataTable
              caption="Objects that nobody could read"
              columns={COLUMNS}
              rows={items}
              keyOf={({ key }) => key}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

function Count({ list }: { list: List<UnreadableBody> | undefined }) {
  if (!list || list.items.length === 0) return null;
  return (
    <Badge tone="warn">
      {formatCount(list.items.length)}
      {list.next === null ? "" : " or more"}
    </Badge>
  );
}

const COLUMNS: readonly Column<UnreadableBody>[] = [
  { key: "key", header: "Key", cell: ({ key }) => <span class="mono letters-key">{key}</span> },
  { key: "bytes", header: "Bytes", numeric: true, cell: ({ bytes }) => formatCount(bytes) },
  { key: "at", header: "Set aside", cell: ({ at }) => formatAgo(at) },
];
