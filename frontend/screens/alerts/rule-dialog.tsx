import type { AlertChannel, AlertParameter, AlertRule } from "#contract/alerts.ts";
import { resetRule, saveRule, type AlertPlace } from "#frontend/api/alerts.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { CheckInput, TextInput } from "#frontend/parts/field.tsx";
import { Form, FormActions } from "#frontend/parts/form.tsx";
import { orSay } from "#frontend/parts/or-say.ts";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm, type FormState } from "#frontend/parts/use-form.ts";
import { labelOf } from "./alert-words.ts";

type DialogProps = {
  place: AlertPlace;
  rule: AlertRule;
  /** Null: they are not known, and whom it tells stays as it is. */
  channels: readonly AlertChannel[] | null;
  onClose: () => void;
};
type RuleValues = Record<string, string | boolean>;

const CHANNEL = "channel:";

/** Its numbers, whether it is on, and whom it tells. */
export function RuleDialog({ place, rule, channels, onClose }: DialogProps) {
  const done = (words: string) => {
    toast(words);
    onClose();
  };
  const form = useForm<RuleValues>({
    draft: `alert-rule:${place.kind}:${rule.kind}`,
    initial: initialOf(rule, channels ?? []),
    fieldOf: Object.fromEntries(rule.parameters.map(({ name }) => [`parameters.${name}`, name])),
    validate: (values) => faultsOf(rule, values),
    submit: async (values) => {
      await saveRule(place, rule.kind, {
        isEnabled: values["isEnabled"] === true,
        parameters: Object.fromEntries(rule.parameters.map(({ name }) => [name, Number(values[name])])),
        channels: channels === null ? rule.channels : chosenOf(values, channels),
      });
      done(`“${rule.name}” is changed.`);
    },
  });
  return (
    <Dialog title={rule.name} onClose={onClose}>
      <Form form={form} label={rule.name}>
        <Check form={form} name="isEnabled" label="Watch for it" help={rule.words} />
        <div class="form-grid">
          {rule.parameters.map((parameter) => (
            <NumberInput key={parameter.name} form={form} parameter={parameter} />
          ))}
        </div>
        <Told form={form} channels={channels ?? []} />
        <FormActions form={form} save="Save rule">
          <Button onClick={onClose}>Cancel</Button>
          {!rule.isStandard && (
            <Button
              kind="quiet"
              onClick={() =>
                void orSay(async () => {
                  await resetRule(place, rule.kind);
                  done(`“${rule.name}” is the standard again.`);
                })
              }
            >
              Back to the standard
            </Button>
          )}
        </FormActions>
      </Form>
    </Dialog>
  );
}

function Told({ form, channels }: { form: FormState<RuleValues>; channels: readonly AlertChannel[] }) {
  if (channels.length === 0) return null;
  return (
    <fieldset class="field">
      <legend class="field-label alerts-legend">Tell</legend>
      <div class="stack" style={{ "--gap": "10px" }}>
        {channels.map(({ id, name }) => (
          <Check key={id} form={form} name={`${CHANNEL}${id}`} label={name} />
        ))}
      </div>
    </fieldset>
  );
}

type CheckProps = { form: FormState<RuleValues>; name: string; label: string; help?: string };

/** The names of a rule's fields are known at run time only. */
function Check({ form, name, label, help }: CheckProps) {
  return (
    <CheckInput
      id={`${form.id}-${name}`}
      label={label}
      help={help}
      checked={form.values[name] === true}
      onValue={(on) => form.set(name, on)}
    />
  );
}

type NumberProps = { form: FormState<RuleValues>; parameter: AlertParameter };

function NumberInput({ form, parameter }: NumberProps) {
  const { name, value, standard } = parameter;
  return (
    <TextInput
      id={`${form.id}-${name}`}
      label={labelOf(parameter)}
      help={value === standard ? undefined : `Standard: ${standard}`}
      error={form.errors[name]}
      inputmode="decimal"
      value={String(form.values[name])}
      onValue={(text) => form.set(name, text)}
    />
  );
}

function initialOf(rule: AlertRule, channels: readonly AlertChannel[]): RuleValues {
  return {
    isEnabled: rule.isEnabled,
    ...Object.fromEntries(rule.parameters.map(({ name, value }) => [name, String(value)])),
    ...Object.fromEntries(channels.map(({ id }) => [`${CHANNEL}${id}`, rule.channels?.includes(id) ?? true])),
  };
}

function faultsOf(rule: AlertRule, values: RuleValues): Record<string, string> {
  return Object.fromEntries(
    rule.parameters.flatMap(({ name, label, least, most, unit }) => {
      const value = Number(values[name]);
      const isGood = String(values[name]).trim() !== "" && value >= least && value <= most;
      const isWhole = unit === "percent" || Number.isInteger(value);
      return isGood && isWhole
        ? []
        : [[name, `${label}: a ${unit === "percent" ? "" : "whole "}number from ${least} to ${most}`]];
    }),
  );
}

/** All of them: also those that are added later. */
function chosenOf(values: RuleValues, channels: readonly AlertChannel[]): string[] | null {
  const chosen = channels.filter(({ id }) => values[`${CHANNEL}${id}`] === true).map(({ id }) => id);
  return chosen.length === channels.length ? null : chosen;
}
