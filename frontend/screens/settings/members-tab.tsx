import type { Member } from "#contract/accounts.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { useWorkspace } from "#frontend/state/workspace.ts";

const ROLES: Readonly<Record<Member["role"], string>> = {
  owner: "Owner",
  admin: "Admin",
  marketer: "Marketer",
  viewer: "Viewer",
  client: "Client",
};

const COLUMNS: readonly Column<Member>[] = [
  {
    key: "name",
    header: "Name",
    sortBy: (member) => member.name,
    cell: (member) => (
      <>
        <strong>{member.name}</strong>
        <span class="table-sub">{member.email}</span>
      </>
    ),
  },
  {
    key: "role",
    header: "Role",
    explanation:
      "Owners and admins change everything, marketers campaigns and reports, viewers and clients look.",
    sortBy: (member) => member.role,
    cell: (member) => <Badge plain>{ROLES[member.role]}</Badge>,
  },
  {
    key: "since",
    header: "Joined",
    sortBy: (member) => member.createdAt,
    cell: (member) => formatAgo(member.createdAt),
  },
];

/** Who works in this account. */
export function MembersTab() {
  const { me } = useWorkspace();
  const resource = useResource<List<Member>>(paths.members);
  return (
    <Card title="Members" sub={`Everyone in ${me.account.name}, for all its sites.`} flush>
      <Loaded
        resource={resource}
        what="Members"
        skeleton={<TableSkeleton label="members" rows={3} />}
        compact
      >
        {(list) =>
          list.items.length === 0 ? (
            <EmptyState title="Nobody here" picture="none" compact>
              The account has no members.
            </EmptyState>
          ) : (
            <DataTable caption="Members" columns={COLUMNS} rows={list.items} keyOf={(member) => member.id} />
          )
        }
      </Loaded>
    </Card>
  );
}
