import type { ComponentChildren } from "preact";

import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Form, FormActions, TextField } from "./form.tsx";
import { useForm } from "./use-form.ts";

type ConfirmProps = {
  title: string;
  /** What must be typed, exactly. */
  name: string;
  action: string;
  children: ComponentChildren;
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** For what cannot be taken back: the name has to be typed. */
export function ConfirmDialog({ title, name, action, children, onConfirm, onClose }: ConfirmProps) {
  const form = useForm({
    draft: null,
    initial: { name: "" },
    validate: (values): Record<string, string> =>
      values.name.trim() === name ? {} : { name: `Type “${name}” to go on` },
    submit: onConfirm,
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} label={title}>
        <div>{children}</div>
        <TextField
          form={form}
          name="name"
          label={`Type “${name}” to confirm`}
          autocomplete="off"
          spellcheck={false}
        />
        <FormActions form={form} save={action} danger>
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}
