import type { SharedReport } from "#contract/report-shares.ts";
import { openShare } from "#frontend/api/report-shares.ts";
import { Card } from "#frontend/parts/card.tsx";
import { Form, FormActions, TextField } from "#frontend/parts/form.tsx";
import { useForm } from "#frontend/parts/use-form.ts";
import { PublicLayout } from "./public-layout.tsx";
import type { PublicWords } from "./words/public-words.ts";

type Props = {
  words: PublicWords["share"];
  token: string;
  onOpened: (shared: SharedReport) => void;
};

/** The link alone is not enough: whoever sent it knows the password. */
export function SharePassword({ words, token, onOpened }: Props) {
  const form = useForm({
    draft: null,
    initial: { password: "" },
    validate: ({ password }): Record<string, string> =>
      password === "" ? { password: words.enterPassword } : {},
    fieldOfCode: { wrong_share_password: "password" },
    submit: async ({ password }) => onOpened(await openShare(token, password)),
  });
  return (
    <PublicLayout title={words.hasPassword}>
      <Card>
        <h1>{words.hasPassword}</h1>
        <p class="muted" style={{ marginBottom: "20px" }}>
          {words.whoKnows}
        </p>
        <Form form={form} label={words.open}>
          <TextField
            form={form}
            name="password"
            label={words.password}
            type="password"
            autocomplete="off"
            autofocus
          />
          <FormActions form={form} save={words.open} />
        </Form>
      </Card>
    </PublicLayout>
  );
}
