import type { DeliveryWork } from "#db/queries/deliveries/find-delivery.ts";
import { keepShareToken } from "#db/queries/deliveries/keep-share-token.ts";
import { insertShare } from "#db/queries/report-shares/write-share.ts";
import type { AccountDeps } from "#usecases/deps.ts";
import { shareUrl } from "./share-url.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;

export type ShareForDeliveryInput = {
  database: string;
  delivery: Pick<DeliveryWork, "id" | "accountId" | "createdAt">;
  /** Of the report, the number. */
  reportId: number;
};

/**
 * The link of a mail whose files are too large, for a reader who cannot sign in. A mail that is tried again must be the
 * same to the byte, so its token is kept in the delivery until it is sent, and its end goes by when the delivery began.
 */
export async function shareForDelivery(
  deps: Pick<AccountDeps, "databases" | "clock" | "ids" | "tokens" | "settings">,
  { database, delivery, reportId }: ShareForDeliveryInput,
): Promise<{ url: string; endsOn: string }> {
  const db = deps.databases.named(database);
  const token = await keepShareToken(db, { id: delivery.id, token: deps.tokens.make() });
  const expiresAt = new Date(delivery.createdAt.getTime() + DAYS * DAY_MS);
  const createdAt = deps.clock.now();
  await insertShare(db, {
    publicId: deps.ids.publicId("shr", createdAt),
    accountId: delivery.accountId,
    reportId,
    tokenHash: deps.tokens.hash(token),
    passwordHash: null,
    expiresAt,
    createdBy: null,
    createdAt,
  });
  return { url: shareUrl(deps.settings, token), endsOn: expiresAt.toISOString().slice(0, 10) };
}
