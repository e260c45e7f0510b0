import type { TestSite } from "#tests/support/sites.ts";
import type { KeyPrincipal } from "#usecases/accounts/principal.ts";

/** Somebody of the site's account; use cases take from it who did it, and routes who may. */
export function keyPrincipal(site: TestSite): KeyPrincipal {
  return {
    kind: "key",
    accountId: site.accountId,
    accountPublicId: "acc_test",
    accountName: "Test account",
    database: "main",
    apiKeyId: 1,
    apiKeyPublicId: "key_test",
    scopes: [],
  };
}
