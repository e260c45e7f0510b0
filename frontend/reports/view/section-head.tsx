/** A heading, and the line under it that says what there is to see. */
export function SectionHead({ title, note }: { title: string; note?: string | undefined }) {
  return (
    <header class="rv-head">
      <h2>{title}</h2>
      {note && <p>{note}</p>}
    </header>
  );
}
