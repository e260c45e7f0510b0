import { useMemo, useState } from "preact/hooks";

import type { Campaign } from "#contract/campaigns.ts";
import type { Site } from "#contract/sites.ts";
import type { ImportPlan } from "#core/spend-import/import-rows.ts";
import { planImport } from "#core/spend-import/import-rows.ts";
import { createCampaign } from "#frontend/api/campaigns.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { putSiteSpend } from "#frontend/api/spend.ts";
import { formatCounted } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useDraft } from "#frontend/parts/use-draft.ts";
import { FaultList } from "./fault-list.tsx";
import { ImportColumns } from "./import-columns.tsx";
import { ImportPreview } from "./import-preview.tsx";
import {
  FAULT_WORDS,
  NEW_CAMPAIGN,
  optionsOf,
  startingChoices,
  stillOpen,
  type ImportChoices,
} from "./import-choices.ts";
import { ImportSource } from "./import-source.tsx";
import { UnknownCampaigns } from "./unknown-campaigns.tsx";

type DialogProps = { site: Site; campaigns: readonly Campaign[]; onClose: () => void };

/** A table from anywhere, its columns, what it comes to line by line; then all of it at once. */
export function ImportDialog({ site, campaigns, onClose }: DialogProps) {
  const [choices, setChoices] = useState<ImportChoices | null>(null);
  const pasted = useDraft({ form: `spend-import:${site.id}`, initial: { text: "" }, secret: [] });
  return (
    <Dialog title="Import spend" wide onClose={onClose}>
      {choices === null ? (
        <ImportSource
          pasted={pasted}
          onTable={(table) => setChoices(startingChoices(table))}
          onClose={onClose}
        />
      ) : (
        <Chosen
          site={site}
          campaigns={campaigns}
          choices={choices}
          onChoices={setChoices}
          onBack={() => setChoices(null)}
          onStored={() => {
            pasted.discard();
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

type ChosenProps = Omit<DialogProps, "onClose"> & {
  choices: ImportChoices;
  onChoices: (choices: ImportChoices) => void;
  onBack: () => void;
  onStored: () => void;
};

function Chosen({ site, campaigns, choices: chosen, onChoices, onBack, onStored }: ChosenProps) {
  const choices = useMemo(
    () => ({ ...chosen, unknown: stillOpen(chosen.unknown, campaigns) }),
    [chosen, campaigns],
  );
  const plan = useMemo(
    () => planImport(choices.table, optionsOf(choices, campaigns, site)),
    [choices, campaigns, site],
  );
  const { day, campaign, amount } = choices.mapping;
  const isMapped = day !== null && campaign !== null && amount !== null;
  return (
    <div class="stack">
      <ImportColumns choices={choices} onChoices={onChoices} />
      {isMapped && (
        <>
          <UnknownCampaigns plan={plan} campaigns={campaigns} choices={choices} onChoices={onChoices} />
          <ImportPreview plan={plan} campaigns={campaigns} />
          <FaultList
            faults={plan.faults.map(({ line, fault, text }) => ({ line, words: FAULT_WORDS[fault](text) }))}
          />
        </>
      )}
      <Actions
        label={`Store ${formatCounted(plan.rows.length, "row", "rows")}`}
        isReady={isMapped && plan.rows.length > 0}
        onBack={onBack}
        onStore={async () => {
          await putSiteSpend(site.id, await rowsToStore(plan, choices, site));
          toast(`Stored: ${formatCounted(plan.rows.length, "row", "rows")} of spend.`);
          onStored();
        }}
      />
    </div>
  );
}

type ActionsProps = { label: string; isReady: boolean; onStore: () => Promise<void>; onBack: () => void };

function Actions({ label, isReady, onStore, onBack }: ActionsProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const store = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onStore();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.message);
      setBusy(false);
    }
  };
  return (
    <>
      {problem && <Notice tone="bad" title={problem} />}
      <div class="row">
        <Button kind="primary" busy={busy} disabled={!isReady} onClick={() => void store()}>
          {label}
        </Button>
        <Button onClick={onBack}>Another table</Button>
        <span class="muted small">The same file again changes nothing.</span>
      </div>
    </>
  );
}

/** Campaigns that are to be made are made first; their rows then bear the new ids. */
async function rowsToStore(
  plan: ImportPlan,
  { unknown }: ImportChoices,
  site: Site,
): Promise<ImportPlan["rows"]> {
  const made = new Map<string, string>();
  for (const [name, choice] of unknown) {
    if (choice.kind !== "new") continue;
    const request = { name, channel: choice.channel };
    // One after the other: a refused name is told before the next is made.
    // oxlint-disable-next-line no-await-in-loop
    made.set(NEW_CAMPAIGN + name, (await createCampaign(site.id, request)).id);
  }
  return plan.rows.map((row) => ({ ...row, campaign: made.get(row.campaign) ?? row.campaign }));
}
