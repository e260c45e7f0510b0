import "./tabs.css";

export type Tab = { href: string; label: string; current: boolean };

/** Tabs that are pages: each has its own address, so they are links. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a
          key={tab.href}
          class="tab"
          href={tab.href}
          {...(tab.current ? { "aria-current": "page" as const } : {})}
        >
          {tab.label}
        </a>
      ))}
    </nav>
  );
}

type SegmentsProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onValue: (value: T) => void;
};

/** A switch between a few ways to see the same thing. */
export function Segments<T extends string>({ label, value, options, onValue }: SegmentsProps<T>) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          class="segment"
          aria-pressed={option.value === value}
          onClick={() => onValue(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
