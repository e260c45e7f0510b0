import type { Me } from "#contract/accounts.ts";
import type { UserPrincipal } from "./principal.ts";

/** The signed-in person as the API shows them. */
export function showMe(user: UserPrincipal): Me {
  return {
    id: user.userPublicId,
    email: user.email,
    name: user.name,
    emailConfirmed: user.isEmailConfirmed,
    account: { id: user.accountPublicId, name: user.accountName },
    role: user.role,
    superadmin: user.isSuperadmin,
    createdAt: user.userCreatedAt,
  };
}
