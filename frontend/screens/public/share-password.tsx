import type { SharedReport } from "#contract/report-shares.ts";
import { openShare } from "#frontend/api/report-shares.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { PublicLayout } from "./public-layout.tsx";

type Props = { token: string; onOpened: (shared: SharedReport) => void };

/** The link alone is not enough: whoever sent it knows the password. */
export function SharePassword({ token, onOpened }: Props) {
  const form = useForm({
    initial: { password: "" },
    validate: ({ password }): Record<string, string> =>
      password === "" ? { password: "Enter the password" } : {},
    fieldOfCode: { wrong_share_password: "password" },
    submit: async ({ password }) => onOpened(await openShare(token, password)),
  });
  return (
    <PublicLayout title="Report with a password">
      <Card>
        <h1>This report has a password</h1>
        <p class="muted" style={{ marginBottom: "20px" }}>
          Whoever sent you the link knows it.
        </p>
        <Form form={form} label="Open the report">
          <TextField
            form={form}
            name="password"
            label="Password"
            type="password"
            autocomplete="off"
            autofocus
          />
          <FormActions form={form} save="Open report" />
        </Form>
      </Card>
    </PublicLayout>
  );
}
