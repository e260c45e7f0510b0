import { Hono, type Context } from "hono";

import { logoId } from "#contract/report-options.ts";
import { reportSettings } from "#contract/report-settings.ts";
import { addReportLogo, type LogoRefusal } from "#usecases/report-settings/add-report-logo.ts";
import { getReportLogo } from "#usecases/report-settings/get-report-logo.ts";
import { loadReportSettings } from "#usecases/report-settings/load-report-settings.ts";
import { saveReportSettings, type SettingsRefusal } from "#usecases/report-settings/save-report-settings.ts";
import { controlDatabase } from "#usecases/deps.ts";
import { requireAccess } from "./frame/access.ts";
import type { ApiEnv } from "./frame/api-env.ts";
import { idempotent } from "./frame/idempotency.ts";
import { fieldProblem, problem } from "./frame/problem.ts";
import { readBodyBytes } from "./frame/read-body.ts";
import { validJson } from "./frame/valid.ts";

const MAX_LOGO_BYTES = 512 * 1024;

/** How an account's reports look, and how long their files are kept. */
export const reportSettingsRoutes = new Hono<ApiEnv>()
  .get("/report-settings", requireAccess("reports:read"), async (c) => {
    const { deps, principal } = c.var;
    return c.json(await loadReportSettings(controlDatabase(deps), principal.accountId));
  })
  .put("/report-settings", requireAccess("account:write"), validJson(reportSettings), async (c) => {
    const { deps, principal } = c.var;
    const saved = await saveReportSettings(deps, { principal, settings: c.req.valid("json") });
    return saved.ok ? c.json(saved.value) : refuse(c, saved.error);
  })
  // Whoever may order a report may give it a logo of its own.
  .post(
    "/report-logos",
    requireAccess("reports:write"),
    idempotent({ isBinary: true, maxBytes: MAX_LOGO_BYTES }),
    async (c) => {
      const bytes = await readBodyBytes(c, MAX_LOGO_BYTES);
      if (bytes instanceof Response) return bytes;
      const { deps, principal } = c.var;
      const kept = await addReportLogo(deps, { principal, bytes });
      return kept.ok ? c.json(kept.value, 201) : refuse(c, kept.error);
    },
  )
  .get("/report-logos/:logoId", requireAccess("reports:read"), async (c) => {
    const id = logoId.safeParse(c.req.param("logoId"));
    if (!id.success) return problem(c, "not_found", NO_LOGO);
    const { deps, principal } = c.var;
    const logo = await getReportLogo(deps, { principal, logoId: id.data });
    if (!logo.ok) return problem(c, "not_found", NO_LOGO);
    const { body, contentType, sizeBytes } = logo.value;
    return c.body(body, 200, {
      "content-type": contentType,
      "content-length": String(sizeBytes),
      "x-content-type-options": "nosniff",
      // Named by its content.
      "cache-control": "private, max-age=31536000, immutable",
    });
  });

const NO_LOGO = { detail: "There is no such logo" };

function refuse(c: Context, refusal: SettingsRefusal | LogoRefusal): Response {
  switch (refusal.kind) {
    case "unknown_logo":
      return fieldProblem(c, "logo", "There is no such logo: send it first with POST /report-logos");
    case "unknown_locale":
      return fieldProblem(c, "locale", `${refusal.locale} is no locale that is known here`);
    case "not_an_image":
      return problem(c, "invalid_image", { detail: "Send the bytes of a PNG or a JPEG" });
    case "image_too_large":
      return problem(c, "invalid_image", {
        detail: `The image has ${refusal.width} × ${refusal.height} pixels; 4,000 each way are the most`,
      });
  }
}
