import "./tooltip.css";

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

type Shown = { text: string; anchor: Element };

/** One tooltip for the whole page, above everything, so that no table can clip it. */
const shown = signal<Shown | null>(null);

function show(text: string) {
  return (event: { currentTarget: EventTarget | null }) => {
    if (event.currentTarget instanceof Element) shown.value = { text, anchor: event.currentTarget };
  };
}

function hide() {
  shown.value = null;
}

/** Handlers that show a line on hover and on focus. Esc hides it without moving the focus. */
export function tipHandlers(text: string) {
  return {
    onMouseEnter: show(text),
    onMouseLeave: hide,
    onFocus: show(text),
    onBlur: hide,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    },
  };
}

type TermProps = {
  explanation: string;
  children: ComponentChildren;
  /** Where the word lies over something that is chosen by a click; the keyboard has that thing itself. */
  onClick?: (() => void) | undefined;
};

/** A word of the trade, explained in one line on hover and on focus. */
export function Term({ explanation, children, onClick }: TermProps) {
  const id = useId();
  return (
    <>
      <span
        class={onClick ? "term term-click" : "term"}
        tabIndex={0}
        role="note"
        aria-describedby={id}
        {...tipHandlers(explanation)}
        {...(onClick ? { onClick } : {})}
      >
        {children}
      </span>
      <span id={id} hidden>
        {explanation}
      </span>
    </>
  );
}

/** Mounted once, at the root. */
export function TooltipLayer() {
  const tip = shown.value;
  return tip ? <Tooltip key={tip.text} tip={tip} /> : null;
}

const GAP = 8;

function Tooltip({ tip }: { tip: Shown }) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: -9_999 });

  useLayoutEffect(() => {
    if (!box.current) return undefined;
    const anchor = tip.anchor.getBoundingClientRect();
    const { width, height } = box.current.getBoundingClientRect();
    const left = Math.min(Math.max(12, anchor.left + anchor.width / 2 - width / 2), innerWidth - width - 12);
    const above = anchor.top - height - GAP;
    setPlace({ left, top: above > 4 ? above : anchor.bottom + GAP });
    addEventListener("scroll", hide, { capture: true, passive: true });
    return () => removeEventListener("scroll", hide, { capture: true });
  }, [tip]);

  return (
    <div class="tooltip" role="tooltip" ref={box} style={{ left: `${place.left}px`, top: `${place.top}px` }}>
      {tip.text}
    </div>
  );
}
