import type { UnreadableBody } from "#contract/admin.ts";
import type { UnreadableBodies } from "#platform/unreadable-bodies.ts";
import type { UserPrincipal } from "#usecases/accounts/principal.ts";
import type { Deps } from "#usecases/deps.ts";
import { DEFAULT_PAGE_SIZE, type Page } from "#usecases/page.ts";
import { noteAdminAct } from "./note-admin-act.ts";

export type ListUnreadableInput = { user: UserPrincipal; after: string | null; limit: number | undefined };

/** A page of the objects that were set aside, by key: what is in them is for a person with the bucket's key to see. */
export async function listUnreadableBodies(
  deps: Pick<Deps, "databases" | "clock"> & { unreadableBodies: UnreadableBodies },
  { user, after, limit = DEFAULT_PAGE_SIZE }: ListUnreadableInput,
): Promise<Page<UnreadableBody>> {
  const subject = "unreadable-bodies";
  await noteAdminAct(deps, { user, action: "admin.unreadable_bodies.list", subject, detail: null });
  const { objects, next } = await deps.unreadableBodies.list({ limit, after });
  return {
    items: objects.map(({ key, bytes, uploadedAt }) => ({ key, bytes, at: uploadedAt.toISOString() })),
    next: next === null ? null : [next],
  };
}
