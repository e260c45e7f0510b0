import { useState } from "preact/hooks";

import { forgotPassword } from "#frontend/api/accounts.ts";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { EntryLayout } from "./entry-layout.tsx";
import { emailError, errorsFrom } from "./entry-rules.ts";

/** Asks for the mail with the link. The answer is the same whether the address is known or not. */
export function ForgotPasswordScreen() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    draft: null,
    initial: { email: "" },
    validate: ({ email }) => errorsFrom({ email: emailError(email) }),
    submit: async ({ email }) => {
      await forgotPassword(email.trim());
      setSentTo(email.trim());
    },
  });
  return (
    <EntryLayout
      title="Forgot your password"
      lead="Tell us your e-mail address and we send you a link to set a new one."
      foot={<a href="/sign-in">Back to sign-in</a>}
    >
      {sentTo ? (
        <Notice tone="good" title="Look in your inbox.">
          If {sentTo} has an account, a link is on its way. It works once, for one hour.
        </Notice>
      ) : (
        <Form form={form} label="Forgot your password">
          <TextField form={form} name="email" label="E-mail" type="email" autocomplete="username" autofocus />
          <FormActions form={form} save="Send the link" />
        </Form>
      )}
    </EntryLayout>
  );
}
