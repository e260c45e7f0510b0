import { FieldFrame } from "#frontend/parts/field.tsx";

type FileProps = { id: string; label: string; accept: string; onFile: (file: File) => Promise<void> };

/** One file from the person's own disk; it is read in the browser. */
export function FileField({ id, label, accept, onFile }: FileProps) {
  return (
    <FieldFrame id={id} label={label}>
      <input
        id={id}
        class="input spend-file"
        type="file"
        accept={accept}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void onFile(file);
        }}
      />
    </FieldFrame>
  );
}
