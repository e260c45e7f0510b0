import { paths } from "#frontend/api/paths.ts";
import { NotFound } from "#frontend/frame/not-found.tsx";
import { Page } from "#frontend/frame/page.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AuditTable } from "./audit-table.tsx";

/** What those who run the installation have done; for them. */
export function AdminActsScreen() {
  const { me } = useWorkspace();
  if (!me.superadmin) return <NotFound />;
  return (
    <Page title="Admin acts" aside={<span class="muted">All superadmins of this installation</span>}>
      <Card
        title="What superadmins have done"
        sub="What was listed, read, disclosed and written, noted before it happened; and who was given the right."
        flush
      >
        <AuditTable
          caption="Acts of superadmins"
          empty="No superadmin has done anything yet."
          source={paths.adminActs}
        />
      </Card>
    </Page>
  );
}
