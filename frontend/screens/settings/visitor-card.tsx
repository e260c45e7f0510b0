import { useState } from "preact/hooks";

import type { Site } from "#contract/sites.ts";
import { eraseVisitor, exportVisitor } from "#frontend/api/visitors.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Card } from "#frontend/parts/card.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { Form, TextField } from "#frontend/parts/form.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";

const VISITOR_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WRONG_ID = "A visitor id has 32 digits and letters from a to f, in five groups";

/** What one visitor may ask for: a copy of their data, or that it goes. */
export function VisitorCard({ site }: { site: Site }) {
  const [erasing, setErasing] = useState<string | null>(null);
  const form = useForm({
    draft: null,
    initial: { visitor: "" },
    validate: ({ visitor }): Record<string, string> =>
      VISITOR_ID.test(idOf(visitor)) ? {} : { visitor: WRONG_ID },
    submit: async ({ visitor }) => {
      const id = idOf(visitor);
      saveFile(`visitor-${id}.json`, await exportVisitor(site.id, id));
      toast("The visitor's data is downloaded.");
    },
  });
  const erase = () => {
    const id = idOf(form.values.visitor);
    if (VISITOR_ID.test(id)) setErasing(id);
    // Says at the field what is wrong with it, and sends nothing.
    else void form.submit();
  };
  return (
    <Card
      title="One visitor's data"
      sub="When somebody asks what you hold about them, or asks you to delete it. The id is in their browser, under the key waymark; the event log shows its last eight characters."
    >
      <Form form={form} label="One visitor's data">
        <TextField
          form={form}
          name="visitor"
          label="Visitor id"
          placeholder="0197f3c2-8e1a-7000-8000-000000000000"
          autocomplete="off"
          spellcheck={false}
        />
        <div class="row">
          <Button type="submit" icon="download" busy={form.busy}>
            Export
          </Button>
          <Button kind="danger-quiet" icon="trash" onClick={erase}>
            Erase…
          </Button>
        </div>
      </Form>
      {erasing && <EraseDialog site={site} visitorId={erasing} onClose={() => setErasing(null)} />}
    </Card>
  );
}

type EraseProps = { site: Site; visitorId: string; onClose: () => void };

function EraseDialog({ site, visitorId, onClose }: EraseProps) {
  return (
    <ConfirmDialog
      title="Erase this visitor?"
      name={visitorId}
      action="Erase visitor"
      onClose={onClose}
      onConfirm={async () => {
        await eraseVisitor(site.id, visitorId);
        toast("The visitor is being erased.");
        onClose();
      }}
    >
      <p>
        Events, visits and orders of this visitor go for good, and the hours they were in are counted anew.
        Reports that were made before stay as they are: they hold no visitor.
      </p>
    </ConfirmDialog>
  );
}

/** As it is pasted, with what comes along from a log or a mail. */
function idOf(text: string): string {
  return text.trim().toLowerCase();
}

function saveFile(name: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by the next turn; an address that is kept would keep the data in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
