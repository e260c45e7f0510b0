import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { AttributionModel } from "#contract/attribution.ts";
import type { CreateRunRequest } from "#contract/runs.ts";
import type { Site } from "#contract/sites.ts";
import { createRun } from "#frontend/api/runs.ts";
import type { AttributionView } from "#frontend/attribution/attribution-view.ts";
import { formatDayRange } from "#frontend/format/date.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { useHref } from "#frontend/state/links.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

type SaveProps = { site: Site; view: AttributionView; models: readonly AttributionModel[] };

/** Keeps these figures as they are now, under a name. */
export function SaveRun(props: SaveProps) {
  const { me } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  if (!canEdit(me)) return null;
  return (
    <>
      <Button icon="plus" onClick={() => setIsOpen(true)}>
        Save as run
      </Button>
      {isOpen && <SaveDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function SaveDialog({ site, view, models, onClose }: SaveProps & { onClose: () => void }) {
  const { route } = useLocation();
  const href = useHref();
  const { from, to } = view.ask;
  const form = useForm({
    draft: `run:${site.id}`,
    initial: { name: `${site.name}, ${formatDayRange(from, to)}` },
    validate: (values): Record<string, string> =>
      values.name.trim() === "" ? { name: "Give the run a name" } : {},
    submit: async ({ name }) => {
      await createRun(site.id, runRequest(view, { name: name.trim(), models }));
      toast("Run saved. It stays the same to the cent, whatever data comes later.");
      route(href("/attribution/runs"));
    },
  });
  return (
    <Dialog title="Save as run" onClose={onClose}>
      <Form form={form} label="Save as run">
        <p class="small">
          A run keeps these figures as they are now, with every option. Opened later it shows the same to the
          cent; compared with a newer one it says what changed and why.
        </p>
        <TextField form={form} name="name" label="Name" />
        <FormActions form={form} save="Save run">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

type Named = { name: string; models: readonly AttributionModel[] };

/** The view as a run asks for it. */
export function runRequest({ ask, switches }: AttributionView, { name, models }: Named): CreateRunRequest {
  const { by, conversionType, customer, ...options } = switches;
  return {
    name,
    from: ask.from,
    to: ask.to,
    by,
    models: [...models],
    options: { ...options, type: conversionType, customer },
  };
}
