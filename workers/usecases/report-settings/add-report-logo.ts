import type { ReportLogo } from "#contract/report-settings.ts";
import { imageSize } from "#core/report/image-size.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Principal } from "#usecases/accounts/principal.ts";
import type { ApiDeps } from "#usecases/deps.ts";

/** Wider or higher is no logo, and unpacking it would take a Worker's memory. */
const MAX_PIXELS = 4_000;

export type LogoRefusal =
  | { kind: "not_an_image" }
  | { kind: "image_too_large"; width: number; height: number };

/**
 * Keeps a PNG or JPEG as a logo of the account, named by its content: the same bytes are the same logo, and one that a
 * report was made with never changes.
 */
export async function addReportLogo(
  { logoStore }: Pick<ApiDeps, "logoStore">,
  { principal, bytes }: { principal: Principal; bytes: Uint8Array },
): Promise<Result<ReportLogo, LogoRefusal>> {
  const size = imageSize(bytes);
  if (size === null) return fail({ kind: "not_an_image" });
  const { type, width, height } = size;
  if (Math.max(width, height) > MAX_PIXELS) return fail({ kind: "image_too_large", width, height });
  const { id } = await logoStore.put({ accountId: principal.accountId, type, bytes });
  return ok({ id, width, height });
}
