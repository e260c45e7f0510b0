import "./command-palette.css";

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import type { Campaign } from "#contract/campaigns.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { Icon } from "#frontend/parts/icon.tsx";
import { useHref } from "#frontend/state/links.ts";
import { toggleTheme } from "#frontend/state/theme.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { listCommands, matchCommands } from "./commands.ts";
import type { Command } from "./commands.ts";
import { closeOverlay, takeTyped } from "./overlays.ts";

/** Pages, campaigns, sites and actions by name. */
export function CommandPalette() {
  const commands = useCommands();
  const [query, setQuery] = useState(takeTyped);
  const [chosen, setChosen] = useState(0);
  const found = matchCommands(commands, query);
  const count = Math.max(1, found.length);
  const at = Math.min(chosen, count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") run(found[at]);
    else if (event.key === "ArrowDown") setChosen((at + 1) % count);
    else if (event.key === "ArrowUp") setChosen((at - 1 + count) % count);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Go to" onClose={closeOverlay}>
      <input
        class="input"
        type="text"
        role="combobox"
        aria-label="Page, campaign, site or action"
        aria-expanded={found.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        autocomplete="off"
        placeholder="Page, campaign, site or action"
        autofocus
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <CommandList found={found} at={at} run={run} />
    </Dialog>
  );
}

function useCommands(): Command[] {
  const { me, sites, site } = useWorkspace();
  const { route } = useLocation();
  const href = useHref();
  const campaigns = useResource<List<Campaign>>(site ? paths.campaigns(site.id, { limit: 200 }) : null);
  return listCommands({
    sites,
    campaigns: campaigns.value?.items ?? [],
    go: (path, change) => route(href(path, change)),
    toggleTheme,
    me,
  });
}

function run(command: Command | undefined): void {
  if (!command) return;
  closeOverlay();
  command.run();
}

type ListProps = { found: readonly Command[]; at: number; run: (command: Command) => void };

function CommandList({ found, at, run }: ListProps) {
  if (found.length === 0) return <p class="palette-none">Nothing has that name.</p>;
  return (
    <div class="palette-list" role="listbox" id="palette-list" aria-label="Results">
      {found.map((command, index) => (
        <div
          key={command.id}
          id={`palette-${index}`}
          class="palette-entry"
          role="option"
          aria-selected={index === at}
          ref={(element) => {
            if (index === at) element?.scrollIntoView({ block: "nearest" });
          }}
          onClick={() => run(command)}
        >
          <Icon name={command.icon} />
          <span class="truncate">{command.label}</span>
          <span class="palette-hint">{command.hint}</span>
        </div>
      ))}
    </div>
  );
}
