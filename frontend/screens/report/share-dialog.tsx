import type { NewShare } from "#contract/report-shares.ts";
import { createShare } from "#frontend/api/report-shares.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";

const EXPIRIES = [
  { value: "7", label: "In a week" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "366", label: "In a year" },
];
const MIN_PASSWORD = 8;

type DialogProps = { reportId: string; onClose: () => void; onMade: (share: NewShare) => void };

/** How long the link works, and whether a password guards it. */
export function ShareDialog({ reportId, onClose, onMade }: DialogProps) {
  const form = useForm({
    draft: `share:${reportId}`,
    secret: ["password"],
    initial: { expires: "30", password: "" },
    fieldOf: { expiresInDays: "expires" },
    validate: ({ password }): Record<string, string> =>
      password !== "" && password.length < MIN_PASSWORD
        ? { password: `At least ${MIN_PASSWORD} characters, or none at all` }
        : {},
    submit: async ({ expires, password }) =>
      onMade(
        await createShare(reportId, {
          expiresInDays: Number(expires),
          ...(password === "" ? {} : { password }),
        }),
      ),
  });
  return (
    <Dialog title="New link to this report" onClose={onClose}>
      <Form form={form} label="New link">
        <SelectField form={form} name="expires" label="It ends" options={EXPIRIES} />
        <TextField
          form={form}
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          optional
          help="Tell it to the reader by another way than the link."
        />
        <FormActions form={form} save="Make link">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}
