import { reportPaths } from "#frontend/api/report-paths.ts";
import { Logo } from "#frontend/frame/logo.tsx";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { textOnAccent } from "#rendering/format/text-on-accent.ts";
import type { LookValues } from "./report-look-form.tsx";

const OWN_BAND = "#0a3638";
const SAMPLE_MINOR = 1_234_560;
/** 9 March 2026. */
const SAMPLE_DAY_MS = 1_773_014_400_000;

/** The first page as it would be, with a sample number and day. */
export function CoverPreview({ values }: { values: LookValues }) {
  const { me, site } = useWorkspace();
  const band = /^#[0-9a-f]{6}$/.test(values.accent) ? values.accent : OWN_BAND;
  return (
    <figure class="cover-preview">
      <figcaption class="small muted">The first page, as it would be</figcaption>
      <div class="cover-page" aria-hidden="true">
        <div class="cover-band" style={{ background: band, color: textOnAccent(band) }}>
          <div class="cover-top">
            {values.logo ? (
              <span class="cover-logo">
                <img src={reportPaths.logo(values.logo)} alt="" />
              </span>
            ) : (
              <Logo size={16} />
            )}
          </div>
          <strong>{site?.name ?? me.account.name}</strong>
          <span>{sampleDay(values.locale)}</span>
        </div>
        <div class="cover-body">
          <p>
            <b>{sampleMoney(values.locale, site?.currency ?? "EUR")}</b>
          </p>
          <i style={{ width: "92%" }} />
          <i style={{ width: "78%" }} />
          <div class="cover-bars">
            {[34, 52, 44, 68, 60, 82, 74, 90].map((height, index) => (
              <i key={index} style={{ height: `${height}%`, background: band }} />
            ))}
          </div>
          <i style={{ width: "100%" }} />
          <i style={{ width: "100%" }} />
          <i style={{ width: "64%" }} />
        </div>
        <div class="cover-foot">
          <span>{values.footer || me.account.name}</span>
          <span>1 / 4</span>
        </div>
      </div>
    </figure>
  );
}

function sampleMoney(locale: string, currency: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(SAMPLE_MINOR / 100);
}

function sampleDay(locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(SAMPLE_DAY_MS);
}
