import { useId, useState } from "preact/hooks";

import type { Delivery, DeliveryDetails } from "#contract/reports.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { resendDelivery } from "#frontend/api/reports.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatInstant, formatMinute } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Bone, Skeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { StateBadge } from "#frontend/reports/state-badge.tsx";
import { deliveryState, deliveryTodo } from "#frontend/reports/state-words.ts";
import { orSay } from "#frontend/parts/or-say.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

type LineProps = { delivery: Delivery; zone: string };

/** A recipient's mail: how it stands, what to do, and each attempt behind it. */
export function DeliveryLine({ delivery, zone }: LineProps) {
  const { me } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const logId = useId();
  const todo = deliveryTodo(delivery);
  const canResend = canEdit(me) && (delivery.status === "unknown" || delivery.status === "failed");
  return (
    <li class="delivery">
      <div class="row spread delivery-head">
        <span class="delivery-to">{delivery.recipient}</span>
        <StateBadge words={deliveryState(delivery)} />
      </div>
      <p class="small muted">{timesOf(delivery, zone)}</p>
      {delivery.failure && <p class="small delivery-why">{delivery.failure}</p>}
      {todo && <p class="small">{todo}</p>}
      <div class="row">
        {canResend && (
          <Button small onClick={() => void resend(delivery)}>
            Send again
          </Button>
        )}
        {delivery.attempts > 0 && (
          <Button
            small
            kind="link"
            aria-expanded={isOpen}
            aria-controls={logId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen
              ? "Hide attempts"
              : delivery.attempts === 1
                ? "1 attempt"
                : `${delivery.attempts} attempts`}
          </Button>
        )}
      </div>
      <div id={logId}>{isOpen && <Attempts deliveryId={delivery.id} zone={zone} />}</div>
    </li>
  );
}

function timesOf(delivery: Delivery, zone: string): string {
  const { sentAt, bouncedAt, complainedAt } = delivery;
  const times: [string, string | null][] = [
    ["sent", sentAt],
    ["came back", bouncedAt],
    ["complained", complainedAt],
    nextOf(delivery),
  ];
  const told = times.flatMap(([what, at]) => (at === null ? [] : [`${what} ${formatMinute(at, zone)}`]));
  return told.join(" · ") || "not sent";
}

/** One that waits for an answer waits until then; another is tried again from then on. */
function nextOf({ status, failureKind, nextAttemptAt }: Delivery): [string, string | null] {
  if (status !== "built") return ["", null];
  return [failureKind === "not_confirmed" ? "waits until" : "not before", nextAttemptAt];
}

async function resend(delivery: Delivery): Promise<void> {
  await orSay(async () => {
    await resendDelivery(delivery);
    toast(`It goes out to ${delivery.recipient} once more.`);
  });
}

function Attempts({ deliveryId, zone }: { deliveryId: string; zone: string }) {
  const resource = useResource<DeliveryDetails>(reportPaths.delivery(deliveryId));
  return (
    <Loaded
      resource={resource}
      what="The attempts"
      compact
      skeleton={
        <Skeleton label="attempts">
          <Bone height={44} />
        </Skeleton>
      }
    >
      {({ log, bounce }) => (
        <>
          <ol class="attempts">
            {log.map(({ attempt, beganAt, endedAt, outcome, reason }) => (
              <li key={attempt}>
                <strong>
                  {outcome === null ? (endedAt === null ? "no answer" : "ended") : outcomeWords(outcome)}
                </strong>
                <span class="muted">{formatInstant(beganAt, zone)}</span>
                {reason && <span class="attempt-why">{reason}</span>}
              </li>
            ))}
          </ol>
          {bounce && <p class="small delivery-why">The mailbox said: {bounce}</p>}
        </>
      )}
    </Loaded>
  );
}

/** "try_later" → "try later". */
function outcomeWords(outcome: string): string {
  return outcome.replaceAll("_", " ");
}
