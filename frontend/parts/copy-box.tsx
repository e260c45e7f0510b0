import "./copy-box.css";

import { CopyButton } from "./copy-button.tsx";

/** Something to paste elsewhere, whole, with the button that copies it. */
export function CopyBox({ text, what }: { text: string; what: string }) {
  return (
    <div class="copy-box">
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
