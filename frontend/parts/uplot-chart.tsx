import "uplot/dist/uPlot.min.css";

import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

import { splitIncomplete } from "./chart-model.ts";
import type { ChartModel } from "./chart-model.ts";
import { chartOptions } from "./chart-options.ts";

type CanvasProps = {
  model: ChartModel;
  theme: string;
  /** Set by the keyboard; the pointer sets it from inside. */
  index: number | null;
  onIndex: (index: number | null) => void;
};

/** The canvas itself: a chunk of its own, fetched when the first chart is shown. */
export function UplotChart({ model, theme, index, onIndex }: CanvasProps) {
  const hostRef = useRef<HTMLDivElement>(null);
  const plotRef = useRef<uPlot | null>(null);
  const reportRef = useRef(onIndex);
  useEffect(() => {
    reportRef.current = onIndex;
  }, [onIndex]);

  useEffect(() => {
    const element = hostRef.current;
    if (!element) return undefined;
    const draw = () => {
      plotRef.current?.destroy();
      const size = { width: element.clientWidth, height: element.clientHeight };
      plotRef.current = new uPlot(
        chartOptions(model, size, (at) => reportRef.current(at)),
        chartData(model),
        element,
      );
    };
    draw();
    const observer = new ResizeObserver(() => {
      if (plotRef.current && plotRef.current.width !== element.clientWidth) draw();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plotRef.current?.destroy();
      plotRef.current = null;
    };
  }, [model, theme]);

  useEffect(() => {
    const drawn = plotRef.current;
    if (!drawn || index === null || drawn.cursor.idx === index) return;
    // Without the hook: what the keyboard chose must not come back as if the pointer had.
    drawn.setCursor({ left: drawn.valToPos(index, "x"), top: 0 }, false);
  }, [index]);

  return <div ref={hostRef} style={{ position: "absolute", inset: 0 }} />;
}

function chartData(model: ChartModel): uPlot.AlignedData {
  const { complete, incomplete } = splitIncomplete(model.values, model.incompleteFrom);
  const previous = model.days.map((_, index) => model.previous?.[index] ?? null);
  return [model.days.map((_, index) => index), previous, complete, incomplete];
}
