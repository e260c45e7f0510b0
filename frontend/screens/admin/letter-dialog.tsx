import { useState } from "preact/hooks";

import type { DeadLetter, DeadLetterDetail } from "#contract/admin.ts";
import { discloseDeadLetter, replayDeadLetters } from "#frontend/api/admin.ts";
import { paths } from "#frontend/api/paths.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { formatInstant } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Loaded } from "#frontend/parts/loaded.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { TableSkeleton } from "#frontend/parts/skeleton.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { letterReason } from "./letter-words.ts";

type DialogProps = { letter: DeadLetter; onClose: () => void; onReplayed: () => void };

/** One letter: what is known of it, its message with everything personal masked, and the way to store it. */
export function LetterDialog({ letter, onClose, onReplayed }: DialogProps) {
  const resource = useResource<DeadLetterDetail>(paths.deadLetter(letter.id));
  const [clear, setClear] = useState<DeadLetterDetail | null>(null);
  const replay = useReplay(letter, () => {
    onReplayed();
    onClose();
  });
  return (
    <Dialog title={`Dead letter ${letter.id}`} wide onClose={onClose}>
      <div class="stack">
        <Facts letter={letter} />
        {replay.failure !== null && (
          <Notice tone="bad" title="It could not be stored.">
            {letterReason(replay.failure)} (<code>{replay.failure}</code>). The letter stays as it is.
          </Notice>
        )}
        <Loaded
          resource={resource}
          what="The letter"
          skeleton={<TableSkeleton label="letter" rows={4} />}
          compact
        >
          {(detail) => <Message detail={clear ?? detail} onShow={setClear} />}
        </Loaded>
        {letter.replayedAt === null && (
          <div class="row">
            <Button kind="primary" icon="replay" busy={replay.isBusy} onClick={replay.run}>
              Store it now
            </Button>
            <Button onClick={onClose}>Close</Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Facts({ letter }: { letter: DeadLetter }) {
  const facts = [
    ["Site", letter.site?.name ?? "Gone"],
    ["Reason", `${letterReason(letter.reason)} (${letter.reason})`],
    ["Set aside", formatInstant(letter.at, "UTC")],
    ["Replays", String(letter.attempts)],
    ["Database", letter.database],
    ["Receipt", letter.receiptId],
  ] as const;
  return (
    <dl class="letter-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class={label === "Receipt" ? "mono" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type MessageProps = { detail: DeadLetterDetail; onShow: (clear: DeadLetterDetail) => void };

function Message({ detail, onShow }: MessageProps) {
  const [isBusy, setIsBusy] = useState(false);
  if (detail.message === null) {
    return (
      <Notice tone="good" title="Its events are stored.">
        The message itself is no longer kept.
      </Notice>
    );
  }
  const show = async () => {
    setIsBusy(true);
    try {
      onShow(await discloseDeadLetter(detail.id));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div class="stack" style={{ "--gap": "12px" }}>
      {detail.isMasked ? (
        <Notice
          title="Personal data is masked."
          action={
            <Button small icon="eye" busy={isBusy} onClick={() => void show()}>
              Show in clear
            </Button>
          }
        >
          Who shows it in clear is written into the audit log.
        </Notice>
      ) : (
        <Notice tone="warn" title="Shown in clear.">
          This is a visitor's data; that you looked at it is in the audit log.
        </Notice>
      )}
      <pre class="letter-message" tabIndex={0} aria-label="Message">
        {JSON.stringify(detail.message, null, 2)}
      </pre>
    </div>
  );
}

function useReplay(letter: DeadLetter, onStored: () => void) {
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async () => {
    setIsBusy(true);
    setFailure(null);
    try {
      const { items } = await replayDeadLetters({ ids: [letter.id] });
      const reason = items[0]?.outcome === "failed" ? (items[0].reason ?? "unknown") : null;
      setFailure(reason);
      if (reason === null) {
        toast("Stored. The site's ledger has moved with it.");
        onStored();
      }
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, failure, run: () => void run() };
}
