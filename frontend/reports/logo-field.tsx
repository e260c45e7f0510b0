import "./content-fields.css";

import { useRef, useState } from "preact/hooks";

import { ApiProblem } from "#frontend/api/problem.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { uploadLogo } from "#frontend/api/report-settings.ts";
import { Button } from "#frontend/parts/button.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { LogoProblem, rasteriseLogo } from "./rasterise-logo.ts";

type LogoProps = { id: string; logo: string; onLogo: (logoId: string) => void };

/** A picture of the advertiser's or agency's own; without one Waymark's sign stands on the cover. */
export function LogoField({ id, logo, onLogo }: LogoProps) {
  const input = useRef<HTMLInputElement>(null);
  const { take, isBusy, error } = useUpload(onLogo);
  return (
    <div class="field">
      <span class="field-label" id={`${id}-label`}>
        Logo
      </span>
      <div class="logo-field">
        <span class="logo-box">
          {logo ? (
            <img src={reportPaths.logo(logo)} alt="The chosen logo" />
          ) : (
            <span class="small muted">none</span>
          )}
        </span>
        <input
          ref={input}
          id={id}
          class="sr-only"
          type="file"
          tabIndex={-1}
          accept="image/png,image/jpeg,image/svg+xml"
          aria-labelledby={`${id}-label`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void take(file);
          }}
        />
        <Button small icon="upload" busy={isBusy} onClick={() => input.current?.click()}>
          {logo ? "Change logo" : "Upload logo"}
        </Button>
        {logo && (
          <Button small kind="quiet" onClick={() => onLogo("")}>
            Remove
          </Button>
        )}
      </div>
      {error && (
        <p class="field-error" role="alert">
          <Icon name="danger" size={16} />
          {error}
        </p>
      )}
      <div class="field-help">PNG, JPEG or SVG; what is wider than 1,000 px is made smaller.</div>
    </div>
  );
}

/** Draws the picture small enough, sends it, and tells what came in between. */
function useUpload(onLogo: (logoId: string) => void) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const take = async (file: File) => {
    setIsBusy(true);
    setError(null);
    try {
      onLogo((await uploadLogo(await rasteriseLogo(file))).id);
    } catch (cause) {
      if (!(cause instanceof LogoProblem) && !(cause instanceof ApiProblem)) throw cause;
      setError(cause.message);
    } finally {
      setIsBusy(false);
    }
  };
  return { take, isBusy, error };
}
