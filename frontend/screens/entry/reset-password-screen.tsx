import { useLocation } from "preact-iso";

import { resetPassword } from "#frontend/api/accounts.ts";
import { LinkButton } from "#frontend/parts/button.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { EntryLayout } from "./entry-layout.tsx";
import { errorsFrom, MIN_PASSWORD, passwordError } from "./entry-rules.ts";

/** The landing of the mail's link: a new password, then sign-in. */
export function ResetPasswordScreen() {
  const { query, route } = useLocation();
  const token = query.token ?? "";
  const form = useForm({
    draft: null,
    initial: { password: "" },
    validate: ({ password }) => errorsFrom({ password: passwordError(password) }),
    submit: async ({ password }) => {
      await resetPassword(token, password);
      route("/sign-in?reset=done", true);
    },
  });
  return (
    <EntryLayout title="Set a new password" foot={<a href="/sign-in">Back to sign-in</a>}>
      {token === "" ? (
        <Notice
          tone="warn"
          title="This link is not complete."
          action={
            <LinkButton small href="/forgot-password">
              Ask for a new one
            </LinkButton>
          }
        >
          Open the link from the mail as a whole.
        </Notice>
      ) : (
        <Form form={form} label="Set a new password">
          <TextField
            form={form}
            name="password"
            label="New password"
            type="password"
            autocomplete="new-password"
            autofocus
            help={`At least ${MIN_PASSWORD} characters. All your devices will be signed out.`}
          />
          <FormActions form={form} save="Set password">
            <a href="/forgot-password" class="form-hint small">
              Link expired? Ask for a new one
            </a>
          </FormActions>
        </Form>
      )}
    </EntryLayout>
  );
}
