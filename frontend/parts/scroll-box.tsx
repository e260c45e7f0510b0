import "./scroll-box.css";

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

type Ends = { start: boolean; end: boolean };

/** Positions of a scroll are no whole pixels on every screen. */
const NEARLY = 2;

/** What is too wide for its place scrolls in it; a fade stands where more of it is, so that nobody takes a part for all. */
export function ScrollBox({ label, children }: { label: string; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState<Ends>({ start: false, end: false });
  const look = () => {
    const next = endsOf(box.current);
    setMore((before) => (before.start === next.start && before.end === next.end ? before : next));
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(look);
    for (const watched of [element, ...element.children]) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="scroll-box" data-more-start={more.start} data-more-end={more.end}>
      <div class="table-wrap" role="region" aria-label={label} tabIndex={0} ref={box} onScroll={look}>
        {children}
      </div>
    </div>
  );
}

function endsOf(element: HTMLElement | null): Ends {
  if (!element) return { start: false, end: false };
  const { scrollLeft, scrollWidth, clientWidth } = element;
  // Where words run from the right, the position counts down from nought.
  const passed = Math.abs(scrollLeft);
  return { start: passed > NEARLY, end: scrollWidth - clientWidth - passed > NEARLY };
}
