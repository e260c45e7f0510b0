import { chooseMailer, type MailEnv } from "#platform/mail/choose-mailer.ts";

/** Sends a report's mail by the binding, as the platform emulates it. */
// eslint-disable-next-line import/no-default-export -- a Worker's entry is its default export.
export default {
  async fetch(request: Request, env: MailEnv): Promise<Response> {
    const { from } = (await request.json()) as { from: string };
    const mailer = chooseMailer({
      ...env,
      MAIL_PROVIDER: "cloudflare",
      MAIL_FROM: from,
    });

    const sent = await mailer.send(
      {
        to: "boss@else.example",
        subject: "Łódź: performance",
        html: "<p>Hi</p>",
        text: "Hi",
        headers: {
          "List-Unsubscribe": "<https://app.waymark.example/api/v1/unsubscribe/x>",
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        attachments: [
          {
            filename: "Łódź.pdf",
            contentType: "application/pdf",
            bytes: new TextEncoder().encode("%PDF-1.7"),
          },
        ],
      },
      "key-1",
    );
    return Response.json(sent);
  },
};
