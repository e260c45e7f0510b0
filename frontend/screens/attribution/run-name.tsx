import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Run } from "#contract/runs.ts";
import { renameRun } from "#frontend/api/runs.ts";
import { Button, IconButton } from "#frontend/parts/button.tsx";
import { DraftLine } from "#frontend/parts/form.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { canEdit, useWorkspace } from "#frontend/state/workspace.ts";

const MAX_NAME = 160;

/** A run's name as the page's heading, which whoever may can put anew where it stands. */
export function RunName({ run }: { run: Run }) {
  const { me } = useWorkspace();
  const [state, setState] = useState<"untouched" | "editing" | "done">("untouched");
  const place = useRef<HTMLDivElement>(null);
  // At once: the next key that is pressed goes where the focus is.
  useLayoutEffect(() => {
    // It goes back to where it came from.
    if (state === "done") place.current?.querySelector("button")?.focus();
  }, [state]);
  const isEditing = state === "editing";
  return (
    <div class="run-name" ref={place}>
      <h1 class={isEditing ? "sr-only" : undefined}>{run.name}</h1>
      {isEditing ? (
        <NameForm run={run} onDone={() => setState("done")} />
      ) : (
        canEdit(me) && (
          <IconButton small icon="edit" label="Rename this run" onClick={() => setState("editing")} />
        )
      )}
    </div>
  );
}

type FormProps = { run: Run; onDone: () => void };

/** Enter saves, Esc leaves it as it was; what was refused stays, with the reason under it. */
function NameForm({ run, onDone }: FormProps) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const form = useNameForm({ run, onDone });
  const fault = form.errors.name ?? form.problem?.message;
  return (
    <form
      class="run-name-form"
      aria-label="Rename this run"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <input
        ref={input}
        class="input"
        aria-label="Name"
        maxLength={MAX_NAME}
        value={form.values.name}
        onInput={(event) => form.set("name", event.currentTarget.value)}
        {...(fault ? { "aria-invalid": "true" as const, "aria-describedby": "run-name-fault" } : {})}
      />
      <Button type="submit" kind="primary" busy={form.busy}>
        Save
      </Button>
      <Button onClick={onDone}>Cancel</Button>
      <DraftLine isBack={form.isDraftBack} onDiscard={() => form.discard()} />
      {fault && (
        <p class="field-error" id="run-name-fault" role="alert">
          <Icon name="danger" size={16} />
          {fault}
        </p>
      )}
    </form>
  );
}

function useNameForm({ run, onDone }: FormProps) {
  return useForm({
    draft: `run-name:${run.id}`,
    initial: { name: run.name },
    validate: ({ name }): Record<string, string> =>
      name.trim() === "" ? { name: "Give the run a name" } : {},
    submit: async ({ name }) => {
      if (name.trim() !== run.name) {
        await renameRun(run, name.trim());
        toast("The run has another name; nothing else of it has changed.");
      }
      onDone();
    },
  });
}
