import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { ApiKey, CreatedApiKey } from "#contract/accounts.ts";
import { revokeApiKey } from "#frontend/api/accounts.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import type { Resource } from "#frontend/api/use-resource.ts";
import { formatAgo } from "#frontend/format/date.ts";
import { Badge } from "#frontend/parts/badge.tsx";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { DataTable } from "#frontend/parts/data-table.tsx";
import type { Column } from "#frontend/parts/data-table.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { canAdmin, useWorkspace } from "#frontend/state/workspace.ts";
import { NewKeyDialog } from "./new-key-dialog.tsx";

type Open = { kind: "new" } | { kind: "made"; key: CreatedApiKey } | { kind: "revoke"; key: ApiKey } | null;

/** Keys for programs: server-side conversions, imports, exports. */
export function KeysTab() {
  const { me } = useWorkspace();
  const mayManage = canAdmin(me);
  const resource = useResource<List<ApiKey>>(mayManage ? paths.apiKeys : null);
  const [open, setOpen] = useState<Open>(null);
  if (!mayManage) return <Notice title="Keys are for owners and admins.">Ask one of them for a key.</Notice>;

  const create = (
    <Button icon="plus" kind="primary" onClick={() => setOpen({ kind: "new" })}>
      New key
    </Button>
  );
  return (
    <Card
      title="API keys"
      sub="For all sites of the account. A key is shown once, when it is made."
      tools={resource.value?.items.length ? create : null}
      flush
    >
      <KeyList resource={resource} create={create} onRevoke={(key) => setOpen({ kind: "revoke", key })} />
      <KeyDialog open={open} onOpen={setOpen} />
    </Card>
  );
}

type KeyListProps = {
  resource: Resource<List<ApiKey>>;
  create: ComponentChildren;
  onRevoke: (key: ApiKey) => void;
};

function KeyList({ resource, create, onRevoke }: KeyListProps) {
  return (
    <Loaded
      resource={resource}
      what="API keys"
      skeleton={<TableSkeleton label="API keys" rows={3} />}
      compact
    >
      {(list) =>
        list.items.length === 0 ? (
          <EmptyState title="No key yet" compact action={create}>
            With a key, your server can send conversions that no browser saw, and read every figure.
          </EmptyState>
        ) : (
          <DataTable
            caption="API keys"
            columns={columns(onRevoke)}
            rows={list.items}
            keyOf={(key) => key.id}
          />
        )
      }
    </Loaded>
  );
}

function KeyDialog({ open, onOpen }: { open: Open; onOpen: (open: Open) => void }) {
  const close = () => onOpen(null);
  if (open === null) return null;
  switch (open.kind) {
    case "new":
      return <NewKeyDialog onClose={close} onMade={(key) => onOpen({ kind: "made", key })} />;
    case "made":
      return <SecretDialog made={open.key} onClose={close} />;
    case "revoke":
      return <RevokeDialog apiKey={open.key} onClose={close} />;
  }
}

function columns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    { key: "name", header: "Name", sortBy: (key) => key.name, cell: (key) => <strong>{key.name}</strong> },
    {
      key: "scopes",
      header: "May",
      cell: (key) => (
        <span class="row" style={{ "--gap": "4px", padding: "6px 0" }}>
          {key.scopes.map((scope) => (
            <Badge key={scope} plain>
              {scope}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      key: "used",
      header: "Last used",
      sortBy: (key) => key.lastUsedAt,
      cell: (key) => (key.lastUsedAt ? formatAgo(key.lastUsedAt) : <span class="muted">Never</span>),
    },
    {
      key: "acts",
      header: "Actions",
      quiet: true,
      numeric: true,
      cell: (key) => (
        <Button small kind="danger-quiet" aria-label={`Revoke ${key.name}`} onClick={() => onRevoke(key)}>
          Revoke
        </Button>
      ),
    },
  ];
}

function SecretDialog({ made, onClose }: { made: CreatedApiKey; onClose: () => void }) {
  return (
    <Dialog title={`Key “${made.name}”`} wide onClose={onClose}>
      <div class="stack">
        <Notice tone="warn" title="Copy it now.">
          It is not kept in readable form and cannot be shown again.
        </Notice>
        <CopyBox text={made.key} what="API key" />
        <div class="row">
          <Button kind="primary" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Revoke this key?"
      name={apiKey.name}
      action="Revoke key"
      onClose={onClose}
      onConfirm={async () => {
        await revokeApiKey(apiKey);
        toast(`${apiKey.name} is revoked.`);
        onClose();
      }}
    >
      <p>Programs that use it get no answer from then on. It cannot be brought back.</p>
    </ConfirmDialog>
  );
}
