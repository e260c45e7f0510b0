import type { Campaign } from "#contract/campaigns.ts";
import type { ImportPlan } from "#core/spend-import/import-rows.ts";
import { CAMPAIGN_CHANNELS } from "#frontend/format/channel.ts";
import { SelectInput } from "#frontend/parts/field.tsx";
import type { ImportChoices, UnknownChoice } from "./import-choices.ts";

type UnknownProps = {
  plan: ImportPlan;
  campaigns: readonly Campaign[];
  choices: ImportChoices;
  onChoices: (choices: ImportChoices) => void;
};

/** Who pays for clicks mostly buys them there. */
const USUAL_CHANNEL = "paid-search";

/** Names that no campaign bears: one of ours, a new campaign, or left out. */
export function UnknownCampaigns({ plan, campaigns, choices, onChoices }: UnknownProps) {
  const names = [...new Set([...choices.unknown.keys(), ...plan.unknownCampaigns])];
  if (names.length === 0) return null;
  const set = (name: string, choice: UnknownChoice | null) => {
    const unknown = new Map(choices.unknown);
    if (choice === null) unknown.delete(name);
    else unknown.set(name, choice);
    onChoices({ ...choices, unknown });
  };
  return (
    <fieldset>
      <legend class="spend-legend">Campaigns that are not known here</legend>
      <div class="spend-columns">
        {names.map((name, at) => (
          <UnknownName
            key={name}
            id={`unknown-${at}`}
            name={name}
            campaigns={campaigns}
            choice={choices.unknown.get(name) ?? null}
            onChoice={(choice) => set(name, choice)}
          />
        ))}
      </div>
    </fieldset>
  );
}

type NameProps = {
  id: string;
  name: string;
  campaigns: readonly Campaign[];
  choice: UnknownChoice | null;
  onChoice: (choice: UnknownChoice | null) => void;
};

function UnknownName({ id, name, campaigns, choice, onChoice }: NameProps) {
  const options = [
    { value: "", label: "Decide…" },
    { value: "new", label: `New campaign “${name}”` },
    { value: "skip", label: "Leave its rows out" },
    ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
  ];
  const choose = (value: string) => {
    if (value === "") onChoice(null);
    else if (value === "skip") onChoice({ kind: "skip" });
    else if (value === "new") onChoice({ kind: "new", channel: USUAL_CHANNEL });
    else onChoice({ kind: "campaign", id: value });
  };
  return (
    <>
      <SelectInput id={id} label={name} value={valueOf(choice)} options={options} onValue={choose} />
      {choice?.kind === "new" && (
        <SelectInput
          id={`${id}-channel`}
          label={`Channel of ${name}`}
          value={choice.channel}
          options={CAMPAIGN_CHANNELS}
          onValue={(channel) => onChoice({ kind: "new", channel })}
        />
      )}
    </>
  );
}

function valueOf(choice: UnknownChoice | null): string {
  if (choice === null) return "";
  return choice.kind === "campaign" ? choice.id : choice.kind;
}
