import "./bar.css";
import "./rail.css";

import { useLocation } from "preact-iso";

import type { AlertSummary } from "#contract/alerts.ts";
import { ALERT_SUMMARY } from "#frontend/api/alerts.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Icon } from "#frontend/parts/icon.tsx";
import { Menu } from "#frontend/parts/menu.tsx";
import { useHref } from "#frontend/state/links.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { AccountMenu, initials } from "./account-menu.tsx";
import { Logo } from "./logo.tsx";
import { ADMIN_PLACES, isCurrent, PLACES, placesOf } from "./navigation.ts";
import type { Place } from "./navigation.ts";
import { openPalette } from "./overlays.ts";
import { SiteSwitcher } from "./site-switcher.tsx";

/** The left rail of wide screens. */
export function Rail() {
  const { me } = useWorkspace();
  return (
    <header class="rail">
      <div class="rail-head">
        <Logo />
      </div>
      <SiteSwitcher />
      <button type="button" class="rail-search" onClick={openPalette} aria-keyshortcuts="Meta+K Control+K">
        <Icon name="search" size={16} />
        Go to…
        <kbd>{commandKey()}K</kbd>
      </button>
      <nav class="rail-nav" aria-label="Main">
        {placesOf(me).map((place) => (
          <RailLink key={place.path} place={place} />
        ))}
        {me.superadmin && (
          <>
            <span class="rail-apart">Installation</span>
            {ADMIN_PLACES.map((place) => (
              <RailLink key={place.path} place={place} />
            ))}
          </>
        )}
      </nav>
      <div class="rail-foot">
        <AccountMenu align="start" up>
          <span class="avatar" aria-hidden="true">
            {initials(me.name)}
          </span>
          <span class="rail-user">
            <span class="truncate">{me.name}</span>
            <span class="truncate">{me.account.name}</span>
          </span>
        </AccountMenu>
      </div>
    </header>
  );
}

function RailLink({ place }: { place: Omit<Place, "key"> }) {
  const { path } = useLocation();
  const href = useHref();
  return (
    <a
      class="rail-link"
      href={href(place.path)}
      {...(isCurrent(place, path) ? { "aria-current": "page" as const } : {})}
    >
      <Icon name={place.icon} />
      {place.label}
      {place.path === "/alerts" && <AlertCount />}
    </a>
  );
}

const COUNT_EVERY_MS = 60_000;

/** How many alerts fire that nobody has acknowledged. */
function AlertCount() {
  const { value } = useResource<AlertSummary>(ALERT_SUMMARY, { everyMs: COUNT_EVERY_MS });
  if (!value || value.open === 0) return null;
  return (
    <span class="rail-count">
      {value.open}
      <span class="sr-only"> not acknowledged</span>
    </span>
  );
}

/** Where most work is done; the rest is one press further. */
const IN_BAR = 4;

/** The bottom bar of narrow screens. */
export function BottomBar() {
  const { path } = useLocation();
  const href = useHref();
  const { me } = useWorkspace();
  const rest = [placesOf(me).slice(IN_BAR), me.superadmin ? ADMIN_PLACES : []];
  const isInRest = rest.flat().some((place) => isCurrent(place, path));
  return (
    <nav class="bar" aria-label="Main">
      {PLACES.slice(0, IN_BAR).map((place) => (
        <a
          key={place.path}
          class="bar-link"
          href={href(place.path)}
          {...(isCurrent(place, path) ? { "aria-current": "page" as const } : {})}
        >
          <Icon name={place.icon} size={20} />
          {place.label}
        </a>
      ))}
      <div class={isInRest ? "bar-more bar-more-current" : "bar-more"}>
        <Menu
          label="More pages"
          kind="quiet"
          up
          groups={rest.map((group) =>
            group.map((place) => ({
              label: place.label,
              icon: place.icon,
              href: href(place.path),
              current: isCurrent(place, path),
            })),
          )}
        >
          <Icon name="more" size={20} />
          More
        </Menu>
      </div>
    </nav>
  );
}

function commandKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl ";
}
