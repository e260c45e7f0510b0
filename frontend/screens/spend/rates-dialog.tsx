import { useMemo, useState } from "preact/hooks";

import type { Site } from "#contract/sites.ts";
import { parseRatesFile, type ParsedRates, type RatesFault } from "#core/money/parse-rates-file.ts";
import { ApiProblem } from "#frontend/api/problem.ts";
import { putRates } from "#frontend/api/spend.ts";
import { formatDayRange } from "#frontend/format/date.ts";
import { addDays } from "#frontend/format/day.ts";
import { formatCounted } from "#frontend/format/number.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { TextArea } from "#frontend/parts/field.tsx";
import { DraftLine } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useDraft } from "#frontend/parts/use-draft.ts";
import { todayAt } from "#frontend/state/workspace.ts";
import { FaultList } from "./fault-list.tsx";
import { FileField } from "./file-field.tsx";

/** No range of days is longer, so no figure needs older rates. */
const KEPT_DAYS = 800;

const FAULT_WORDS: Readonly<Record<RatesFault["fault"], string>> = {
  no_day: "no day of the calendar",
  no_currency: "no currency such as USD",
  no_rate: "no decimal above zero",
  unknown_format: "neither the ECB's XML or CSV nor date,currency,rate",
};

type Chosen = { text: string; source: string };

const NO_FILE: Chosen = { text: "", source: "" };

/** Rates of a file or of pasted lines: looked through first, then stored for the account. */
export function RatesDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const pasted = useDraft({ form: "rates", initial: { text: "" }, secret: [] });
  const [file, setFile] = useState(NO_FILE);
  const { text } = pasted.values;
  const chosen = useMemo(() => (file.source === "" ? { text, source: "" } : file), [file, text]);
  const since = addDays(todayAt(site), -KEPT_DAYS);
  const parsed = useMemo(
    () => (chosen.text.trim() === "" ? null : parseChosen(chosen, since)),
    [chosen, since],
  );
  return (
    <Dialog title="Import rates" wide onClose={onClose}>
      <div class="stack">
        <p class="muted">
          The files of the European Central Bank (eurofxref, as CSV or XML) or lines of date, currency and
          rate: units of the currency for one euro. They hold for your account and go before the shared ones.
        </p>
        <DraftLine isBack={pasted.isBack} onDiscard={pasted.discard} />
        <FileField
          id="rates-file"
          label="File"
          accept=".csv,.xml,text/csv,text/xml"
          onFile={async (rates) => setFile({ text: await rates.text(), source: rates.name.slice(0, 80) })}
        />
        <TextArea
          id="rates-text"
          label="Or paste lines"
          rows={6}
          placeholder={"date,currency,rate\n2026-03-06,USD,1.0843"}
          value={file.source === "" ? text : ""}
          onValue={(next) => {
            setFile(NO_FILE);
            pasted.set("text", next);
          }}
        />
        {parsed && <Outcome parsed={parsed} />}
        <Actions
          site={site}
          rates={parsed?.rates ?? []}
          onStored={() => {
            pasted.discard();
            onClose();
          }}
          onClose={onClose}
        />
      </div>
    </Dialog>
  );
}

type ActionsProps = {
  site: Site;
  rates: ParsedRates["rates"];
  onStored: () => void;
  onClose: () => void;
};

function Actions({ site, rates, onStored, onClose }: ActionsProps) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const changed = await putRates(site.id, rates);
      toast(`New or different: ${formatCounted(changed, "rate", "rates")}.`);
      onStored();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message);
      setBusy(false);
    }
  };
  return (
    <div class="row">
      <Button kind="primary" busy={busy} disabled={rates.length === 0} onClick={() => void save()}>
        {rates.length > 0 ? `Store ${formatCounted(rates.length, "rate", "rates")}` : "Store rates"}
      </Button>
      <Button onClick={onClose}>Cancel</Button>
    </div>
  );
}

function parseChosen({ text, source }: Chosen, since: string): ParsedRates {
  const { rates, faults } = parseRatesFile(text, source || "pasted");
  const unique = new Map(rates.map((rate) => [`${rate.currency} ${rate.day}`, rate]));
  return { rates: [...unique.values()].filter(({ day }) => day >= since), faults };
}

function Outcome({ parsed: { rates, faults } }: { parsed: ParsedRates }) {
  const days = rates.map(({ day }) => day).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  const currencies = new Set(rates.map(({ currency }) => currency)).size;
  return (
    <>
      {first && last && (
        <Notice
          tone="good"
          title={`${formatCounted(rates.length, "rate", "rates")} of ${formatCounted(currencies, "currency", "currencies")}.`}
        >
          {formatDayRange(first, last)}
        </Notice>
      )}
      <FaultList faults={faults.map(({ line, fault }) => ({ line, words: FAULT_WORDS[fault] }))} />
    </>
  );
}
