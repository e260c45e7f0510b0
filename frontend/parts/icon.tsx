/** Strokes on a 20-unit grid, one weight, so that they sit beside 14 px Inter. */
const PATHS = {
  overview: "M3.5 11.5h4v5h-4zM8 3.5h4v13H8zM12.5 8h4v8.5h-4z",
  campaigns:
    "M3.5 8.5v3a1 1 0 0 0 1 1h2l6.5 3.5V4L6.5 7.5h-2a1 1 0 0 0-1 1ZM16 8a3 3 0 0 1 0 4M6.5 12.5l1 4h2l-.7-2.9",
  attribution:
    "M4.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM4.5 17a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM15.5 11.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6 4.5h2.5c3 0 2 5.5 5.5 5.5M6 15.5h2.5c3 0 2-5.5 5.5-5.5",
  journeys:
    "M4.5 16.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM15.5 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6 15h6.5a2.5 2.5 0 0 0 0-5h-5a2.5 2.5 0 0 1 0-5H14",
  spend: "M3 6.5h14v9.5H3zM3 9.5h14M6 13h3M4.5 6.5V4h9v2.5",
  upload: "M10 13V4M6 7.5 10 3.5l4 4M4 16.5h12",
  links:
    "M8.5 11.5a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l1-1",
  reports: "M5.5 2.5h6l3.5 3.5v11.5h-9.5zM11.5 2.5v3.5h3.5M8 10h4.5M8 13h4.5",
  settings:
    "M3 6h6M13 6h4M11 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM3 14h3M10 14h7M8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  health: "M2.5 10.5h3.5l2-5 3.5 9 2.2-6 1.3 2h2.5",
  alerts: "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1.5H4zM8.2 17a2 2 0 0 0 3.6 0M10 4.5V3",
  letters: "M3 5h14v10.5H3zM7.5 8l5 4.5M12.5 8l-5 4.5",
  eye: "M2.5 10c2-3.3 4.6-5 7.5-5s5.5 1.7 7.5 5c-2 3.3-4.6 5-7.5 5s-5.5-1.7-7.5-5ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  replay: "M4 10a6 6 0 1 1 1.8 4.3M4 14.5v-4h4",
  account: "M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.5 17c.5-3 3-4.5 6.5-4.5s6 1.5 6.5 4.5",
  chevronDown: "M5.5 8l4.5 4.5L14.5 8",
  chevronLeft: "M12 5.5 7.5 10l4.5 4.5",
  chevronRight: "M8 5.5 12.5 10 8 14.5",
  arrowUp: "M10 15.5v-11M5.5 9 10 4.5 14.5 9",
  arrowDown: "M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  plus: "M10 4.5v11M4.5 10h11",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4",
  copy: "M7 7V4.5h8.5V13H13M4.5 7H13v8.5H4.5z",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.2v.1",
  danger: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.5v4.5M10 13.4v.1",
  note: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.5v4M10 6.7v.1",
  calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
  moon: "M16.5 11.5A7 7 0 0 1 8.5 3.5a7 7 0 1 0 8 8Z",
  sun: "M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M4.7 15.3l1-1M14.3 5.7l1-1",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.5h7",
  signOut: "M8 3.5H4.5v13H8M12.5 6.5 16 10l-3.5 3.5M16 10H8",
  download: "M10 3.5v9M6 9l4 4 4-4M4 16.5h12",
  trash: "M4.5 6h11M8 6V4h4v2M6 6l.7 10.5h6.6L14 6M8.7 9v5M11.3 9v5",
  edit: "M4 16l.7-3.2L13.5 4l2.5 2.5-8.8 8.8z",
  pause: "M7 5v10M13 5v10",
  play: "M6.5 4.5l9 5.5-9 5.5z",
  external: "M8 4.5H4.5v11h11V12M11.5 4.5h4v4M15 5l-6 6",
  mail: "M3 5h14v10.5H3zM3.5 5.5 10 11l6.5-5.5",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  more: "M5 10h.1M10 10h.1M15 10h.1",
  switch: "M6.5 8 10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5",
  filter: "M3.5 5h13M6 10h8M8.5 15h3",
  table: "M3.5 4h13v12h-13zM3.5 8h13M3.5 12h13M9 8v8",
  live: "M10 11.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6.3 6.3a5.2 5.2 0 0 0 0 7.4M13.7 6.3a5.2 5.2 0 0 1 0 7.4M4 4a8.5 8.5 0 0 0 0 12M16 4a8.5 8.5 0 0 1 0 12",
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside words; hidden from assistive technology, which hears the words. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? "2.4" : "1.5"}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
