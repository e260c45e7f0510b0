import { paths } from "#frontend/api/paths.ts";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { AREAS } from "#frontend/screens/audit-log/act-words.ts";
import { AuditTable } from "#frontend/screens/audit-log/audit-table.tsx";
import { useQuery } from "#frontend/state/use-query.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";

/** Who changed what in the account; for those who may change all of it. */
export function AuditTab() {
  const { me } = useWorkspace();
  const [query, setQuery] = useQuery();
  const area = AREAS.find(({ value }) => value === query.area)?.value ?? "all";
  if (me.role !== "owner" && me.role !== "admin") {
    return (
      <Card title="Audit log">
        <EmptyState title="For owners and admins" picture="none" compact>
          Who changed what is shown to those who may change everything.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title="Audit log"
      sub={`Every change in ${me.account.name}, all its sites, newest first. It is kept for good.`}
      tools={
        <Segments
          label="Area"
          value={area}
          options={AREAS}
          onValue={(value) => setQuery({ area: value === "all" ? null : value }, true)}
        />
      }
      flush
    >
      <AuditTable
        key={area}
        caption="Audit log"
        empty={
          area === "all" ? "Nothing has been changed yet." : "Nothing of this kind has been changed yet."
        }
        source={paths.auditLog}
        {...(area === "all" ? {} : { area })}
      />
    </Card>
  );
}
