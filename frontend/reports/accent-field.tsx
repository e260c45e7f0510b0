import { FieldFrame, describedBy } from "#frontend/parts/field.tsx";

/** Waymark's own, where none is chosen. */
export const OWN_ACCENT = "#0d7474";

type AccentProps = {
  id: string;
  accent: string;
  error: string | undefined;
  onAccent: (accent: string) => void;
};

/** The colour of the cover and of the headings, picked or typed. */
export function AccentField({ id, accent, error, onAccent }: AccentProps) {
  const help = "On the cover; text on it turns white or dark, whichever can be read.";
  const shown = /^#[0-9a-f]{6}$/.test(accent) ? accent : OWN_ACCENT;
  return (
    <FieldFrame id={id} label="Accent colour" error={error} help={help} optional>
      <div class="accent-field">
        <input
          type="color"
          class="accent-swatch"
          aria-label="Pick the accent colour"
          value={shown}
          onInput={(event) => onAccent(event.currentTarget.value)}
        />
        <input
          id={id}
          class="input"
          spellcheck={false}
          placeholder={OWN_ACCENT}
          value={accent}
          onInput={(event) => onAccent(event.currentTarget.value.trim().toLowerCase())}
          {...describedBy({ id, help, error })}
        />
      </div>
    </FieldFrame>
  );
}
