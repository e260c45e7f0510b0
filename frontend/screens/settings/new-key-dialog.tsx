import type { CreatedApiKey, Scope } from "#contract/accounts.ts";
import { createApiKey } from "#frontend/api/accounts.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { CheckField, Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";

const SCOPES: readonly { scope: Scope; label: string; help: string }[] = [
  { scope: "events:write", label: "Send events", help: "Conversions, refunds and imports." },
  { scope: "events:read", label: "Read events", help: "The log with its verdicts." },
  { scope: "analytics:read", label: "Read figures", help: "Analytics and attribution." },
  { scope: "campaigns:write", label: "Change campaigns", help: "Create them, set spend, make links." },
  { scope: "reports:write", label: "Make reports", help: "Create, download and delete them." },
];

type KeyValues = { name: string } & Record<Scope, boolean>;

const INITIAL: KeyValues = {
  name: "",
  "events:write": true,
  "events:read": false,
  "analytics:read": false,
  "campaigns:write": false,
  "reports:write": false,
};

type DialogProps = { onMade: (key: CreatedApiKey) => void; onClose: () => void };

/** A name, and what the key may do: as little as the program needs. */
export function NewKeyDialog({ onMade, onClose }: DialogProps) {
  const form = useForm({
    draft: "api-key",
    initial: INITIAL,
    fieldOf: { scopes: "events:write" },
    validate: (values): Record<string, string> => ({
      ...(values.name.trim() === "" ? { name: "Give the key a name" } : {}),
      ...(chosen(values).length === 0 ? { scopes: "Choose at least one thing the key may do" } : {}),
    }),
    submit: async (values) =>
      onMade(await createApiKey({ name: values.name.trim(), scopes: chosen(values) })),
  });
  return (
    <Dialog title="New API key" onClose={onClose}>
      <Form form={form} label="New API key">
        <TextField form={form} name="name" label="Name" placeholder="Shop backend" />
        <fieldset class="field">
          <legend class="field-label" style={{ marginBottom: "8px" }}>
            It may
          </legend>
          <div class="stack" style={{ "--gap": "10px" }}>
            {SCOPES.map(({ scope, label, help }) => (
              <CheckField key={scope} form={form} name={scope} label={label} help={help} />
            ))}
          </div>
        </fieldset>
        <FormActions form={form} save="Create key">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function chosen(values: KeyValues): Scope[] {
  return SCOPES.filter(({ scope }) => values[scope]).map(({ scope }) => scope);
}
