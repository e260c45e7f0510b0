import { useCallback, useState } from "preact/hooks";

import type { Alert } from "#contract/alerts.ts";
import { alertPaths, type AlertList } from "#frontend/api/alerts.ts";
import { usePages } from "#frontend/attribution/use-pages.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { EmptyState } from "#frontend/parts/empty-state.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { AlertDialog } from "./alert-dialog.tsx";
import { AlertLine } from "./alert-line.tsx";
import type { AlertView } from "./alert-tabs.tsx";

/** Looked at anew while the page is open: the rules are, every minute. */
const POLL_MS = 30_000;
const SHOWN = 25;

/** What fires now, and what did. */
export function AlertsPanel({ view }: { view: AlertView }) {
  const [open, setOpen] = useState<Alert | null>(null);
  return (
    <>
      <FiringCard view={view} onOpen={setOpen} />
      <HistoryCard view={view} onOpen={setOpen} />
      {open && <AlertDialog view={view} alert={open} onClose={() => setOpen(null)} />}
    </>
  );
}

type CardProps = { view: AlertView; onOpen: (alert: Alert) => void };

function useAlerts({ place }: AlertView, status: "firing" | "resolved") {
  const of = alertPaths.alerts(place, { status, limit: SHOWN });
  const pathOf = useCallback(
    (after: string | null) => (after === null ? of : `${of}&after=${encodeURIComponent(after)}`),
    [of],
  );
  return usePages<AlertList>(pathOf, { everyMs: POLL_MS });
}

function FiringCard({ view, onOpen }: CardProps) {
  const pages = useAlerts(view, "firing");
  const alerts = pages.pages.flatMap(({ items }) => items);
  return (
    <Card title="Now" sub="What its rule still says is wrong. It ends by itself once that is over." flush>
      <Loaded
        resource={pages.first}
        what="Alerts"
        skeleton={<TableSkeleton label="alerts" rows={2} />}
        compact
      >
        {() =>
          alerts.length === 0 ? (
            <p class="alerts-calm">
              <span class="alerts-calm-sign" aria-hidden="true" />
              Nothing is wrong, as far as the rules can tell.
            </p>
          ) : (
            <ul aria-label="Alerts that fire, newest first">
              {alerts.map((alert) => (
                <AlertLine key={alert.id} alert={alert} view={view} onOpen={onOpen} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More pages={pages} />
    </Card>
  );
}

function HistoryCard({ view, onOpen }: CardProps) {
  const pages = useAlerts(view, "resolved");
  const alerts = pages.pages.flatMap(({ items }) => items);
  return (
    <Card title="Before" sub="What was wrong and is over, newest first." flush>
      <Loaded
        resource={pages.first}
        what="Earlier alerts"
        skeleton={<TableSkeleton label="earlier alerts" rows={4} />}
        compact
      >
        {() =>
          alerts.length === 0 ? (
            <EmptyState title="Nothing yet" picture="none" compact>
              An alert moves here when it is over, and stays for 400 days.
            </EmptyState>
          ) : (
            <ul aria-label="Alerts that are over, newest first">
              {alerts.map((alert) => (
                <AlertLine key={alert.id} alert={alert} view={view} onOpen={onOpen} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More pages={pages} />
    </Card>
  );
}

function More({ pages }: { pages: ReturnType<typeof useAlerts> }) {
  return (
    <>
      {pages.problem && <Notice tone="bad" title="More alerts could not be loaded." />}
      {pages.hasMore && (
        <div class="alerts-more">
          <Button busy={pages.busy} onClick={pages.more}>
            Older alerts
          </Button>
        </div>
      )}
    </>
  );
}
