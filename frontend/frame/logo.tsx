import "./logo.css";

/** The mark: a path that touches three points. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <span class="logo">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
        <path
          d="M7 10.5l4.6 11L16 11l4.4 10.5 4.6-11"
          fill="none"
          stroke="#fff"
          stroke-width="2.8"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      Waymark
    </span>
  );
}
