import { useEffect, useState } from "preact/hooks";

import { Button } from "./button.tsx";

type CopyProps = { text: string; label?: string; what: string; kind?: "secondary" | "primary" };

/** Copies, and says so on the button itself and to screen readers. */
export function CopyButton({ text, label = "Copy", what, kind = "secondary" }: CopyProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <>
      <Button
        small
        kind={kind}
        icon={copied ? "check" : "copy"}
        aria-label={copied ? `${what} copied` : `${label} ${what}`}
        onClick={() => void copyText(text).then(() => setCopied(true))}
      >
        {copied ? "Copied" : label}
      </Button>
      <span class="sr-only" role="status">
        {copied ? `${what} copied` : ""}
      </span>
    </>
  );
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without clipboard permission the selection is the fallback that every browser knows.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
