import { useState } from "preact/hooks";

import { parseTable } from "#core/spend-import/parse-table.ts";
import { Button } from "#frontend/parts/button.tsx";
import { TextArea } from "#frontend/parts/field.tsx";
import { DraftLine } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import type { Draft } from "#frontend/parts/use-draft.ts";
import { FileField } from "./file-field.tsx";

type SourceProps = {
  pasted: Draft<{ text: string }>;
  onTable: (table: string[][]) => void;
  onClose: () => void;
};

const XLSX = /\.xlsx$/i;

/** Where the table comes from: a file of an ad account, or cells of a spreadsheet. */
export function ImportSource({ pasted, onTable, onClose }: SourceProps) {
  const { text } = pasted.values;
  const [problem, setProblem] = useState<string | null>(null);
  const take = (table: string[][]) => {
    if (table.length < 2)
      setProblem("There is no table in it: headings in the first line, then a line a day.");
    else onTable(table);
  };
  const takeFile = async (file: File) => {
    setProblem(null);
    try {
      take(await readTable(file));
    } catch (error) {
      // The person's own file may hold anything; what is wrong with it is theirs to know, not a fault of ours.
      setProblem(
        `${file.name} cannot be read as a table: ${error instanceof Error ? error.message : "unknown"}`,
      );
    }
  };
  return (
    <div class="stack">
      <p class="muted">
        The export of an ad account, or cells copied from a spreadsheet: headings first, then a line for each
        day and campaign. You see what it comes to before anything is stored.
      </p>
      <DraftLine isBack={pasted.isBack} onDiscard={pasted.discard} />
      <FileField id="spend-file" label="File (CSV or XLSX)" accept=".csv,.tsv,.txt,.xlsx" onFile={takeFile} />
      <TextArea
        id="spend-text"
        label="Or paste cells"
        rows={8}
        placeholder={"Day\tCampaign\tCost\n2026-03-06\tSpring sale\t120.50"}
        value={text}
        onValue={(next) => pasted.set("text", next)}
      />
      {problem && <Notice tone="bad" title={problem} />}
      <div class="row">
        <Button kind="primary" disabled={text.trim() === ""} onClick={() => take(parseTable(text))}>
          Look at it
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </div>
  );
}

async function readTable(file: File): Promise<string[][]> {
  if (!XLSX.test(file.name)) return parseTable(await file.text());
  const { readWorkbook } = await import("./read-workbook.ts");
  return await readWorkbook(file);
}
