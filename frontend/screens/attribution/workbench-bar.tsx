import type { Attribution, AttributionModel } from "#contract/attribution.ts";
import type { Site } from "#contract/sites.ts";
import { MODELS } from "#core/attribution/models.ts";
import { writeSwitches } from "#frontend/attribution/attribution-view.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { FIGURE_KEYS, figureOf } from "#frontend/attribution/figures.ts";
import { GroupSelect } from "#frontend/attribution/group-select.tsx";
import { rowName } from "#frontend/attribution/grouping-words.ts";
import { modelWords } from "#frontend/attribution/model-words.ts";
import { optionChips } from "#frontend/attribution/option-words.ts";
import { Button } from "#frontend/parts/button.tsx";
import { CheckInput } from "#frontend/parts/field.tsx";
import { FilterChips } from "#frontend/parts/filter-chips.tsx";
import type { Chip } from "#frontend/parts/filter-chips.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { Segments } from "#frontend/parts/tabs.tsx";
import { usePopover } from "#frontend/parts/use-popover.ts";
import { useQuery } from "#frontend/state/use-query.ts";
import { downloadText } from "./download-text.ts";
import { SaveRun } from "./save-run.tsx";
import type { WorkbenchChoice } from "./use-workbench-choice.ts";
import { workbenchCsv } from "./workbench-csv.ts";

type BarProps = {
  site: Site;
  view: AttributionView;
  choice: WorkbenchChoice;
  answer: Attribution | undefined;
};

/** What is shown of it: figure, group, models; and what differs from the defaults. */
export function WorkbenchBar({ site, view, choice, answer }: BarProps) {
  const [, setQuery] = useQuery();
  const { switches } = view;
  const chips = [
    ...highlightChips(choice, answer, () => setQuery({ highlight: null }, true)),
    ...optionChips(switches, (change) => setQuery(writeSwitches(change), true)),
  ];
  return (
    <div class="stack" style={{ "--gap": "10px" }}>
      <div class="workbench-bar">
        <Segments
          label="Figure"
          value={choice.figure.key}
          options={FIGURE_KEYS.map((key) => ({ value: key, label: figureOf(key).label }))}
          onValue={choice.chooseFigure}
        />
        <GroupSelect by={switches.by} />
        <ModelPicker choice={choice} />
        <span class="workbench-tools">
          <SaveRun key={site.id} site={site} view={view} models={choice.models} />
          <Button
            icon="download"
            disabled={answer?.status !== "ready"}
            onClick={() => {
              if (answer?.status === "ready") downloadText(workbenchCsv(answer, choice));
            }}
          >
            CSV
          </Button>
        </span>
      </div>
      <FilterChips chips={chips} />
    </div>
  );
}

/** The campaign from whose page one came stands out until it is let go. */
function highlightChips(
  { highlight }: WorkbenchChoice,
  answer: Attribution | undefined,
  onRemove: () => void,
): Chip[] {
  const row = answer?.status === "ready" ? answer.rows.find(({ key }) => key === highlight) : undefined;
  if (highlight === null || !row) return [];
  return [{ key: "highlight", label: "Marked", value: rowName(row, answer?.by ?? "campaign"), onRemove }];
}

function ModelPicker({ choice: { models, toggleModel } }: { choice: WorkbenchChoice }) {
  const { open, setOpen, anchor, trigger } = usePopover();
  return (
    <div class="popover-anchor" ref={anchor}>
      <Button buttonRef={trigger} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        {models.length === 1 ? "1 model" : `${models.length} models`}
        <Icon name="chevronDown" size={14} />
      </Button>
      {open && (
        <div class="popover popover-start popover-sheet workbench-models" role="dialog" aria-label="Models">
          {MODELS.map((model) => (
            <ModelCheck key={model} model={model} checked={models.includes(model)} onToggle={toggleModel} />
          ))}
        </div>
      )}
    </div>
  );
}

type CheckProps = {
  model: AttributionModel;
  checked: boolean;
  onToggle: (model: AttributionModel) => void;
};

function ModelCheck({ model, checked, onToggle }: CheckProps) {
  const { label, explanation } = modelWords(model);
  return (
    <CheckInput
      id={`model-${model}`}
      label={label}
      help={explanation}
      checked={checked}
      onValue={() => onToggle(model)}
    />
  );
}
