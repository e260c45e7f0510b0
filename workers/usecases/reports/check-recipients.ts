import { fail, ok, type Result } from "#core/result.ts";
import { listMemberAddresses } from "#db/queries/reports/account-addresses.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import { controlDatabase, type Deps } from "#usecases/deps.ts";

export type EmailUnconfirmed = { kind: "email_unconfirmed"; outside: readonly string[] };

export type CheckedRecipients = { all: string[]; members: string[] };

/**
 * Each recipient once, and which of them are members. Who has not shown that an address is theirs may mail to members
 * only: else anyone could send mail to anyone in our name (decisions 29). For a program the account's owner vouches.
 */
export async function checkRecipients(
  deps: Pick<Deps, "databases">,
  principal: Principal,
  recipients: readonly string[],
): Promise<Result<CheckedRecipients, EmailUnconfirmed>> {
  const all = [...new Set(recipients)];
  if (all.length === 0) return ok({ all, members: [] });

  const known = await listMemberAddresses(controlDatabase(deps), principal.accountId);
  const emails = new Set(known.map(({ email }) => email));
  const members = all.filter((recipient) => emails.has(recipient));
  const outside = all.filter((recipient) => !emails.has(recipient));
  const isConfirmed =
    principal.kind === "user"
      ? principal.isEmailConfirmed
      : known.some(({ isConfirmedOwner }) => isConfirmedOwner);
  return outside.length > 0 && !isConfirmed
    ? fail({ kind: "email_unconfirmed", outside })
    : ok({ all, members });
}
