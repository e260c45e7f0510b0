import "./content-fields.css";

import type { Member } from "#contract/accounts.ts";
import type { RecipientState, ReportAddress } from "#contract/report-addresses.ts";
import { paths } from "#frontend/api/paths.ts";
import type { List } from "#frontend/api/paths.ts";
import { reportPaths } from "#frontend/api/report-paths.ts";
import { useResource } from "#frontend/api/use-resource.ts";
import { TextAreaField } from "#frontend/parts/form.tsx";
import type { FormState } from "#frontend/parts/use-form.ts";
import { emailError } from "#frontend/screens/entry/entry-rules.ts";
import { useWorkspace } from "#frontend/state/workspace.ts";
import { splitAddresses } from "./content-values.ts";
import type { ContentValues } from "./content-values.ts";
import { StateBadge } from "./state-badge.tsx";
import { recipientWords } from "./state-words.ts";
import type { StateWords } from "./state-words.ts";

const SUGGESTED = 6;
const KNOWN = 200;

const IS_NEW: StateWords = {
  label: "Will be asked",
  tone: "neutral",
  explanation: "An address outside the account agrees once, by a link in a mail, before it gets reports.",
};

type RecipientsProps = {
  form: FormState<ContentValues>;
  optional: boolean;
  /** What is already known of some, of this schedule for instance. */
  states?: readonly { address: string; state: RecipientState }[];
};

/** Addresses, and of each whether it will get the report. */
export function RecipientsField({ form, optional, states = [] }: RecipientsProps) {
  const { me } = useWorkspace();
  const known = useKnownStates(states);
  const chosen = splitAddresses(form.values.recipients);
  const valid = chosen.filter((address) => emailError(address) === null);
  const others = [...known]
    .filter(([address, state]) => !chosen.includes(address) && (state === "member" || state === "confirmed"))
    .slice(0, SUGGESTED);
  return (
    <div class="stack recipients">
      <TextAreaField
        form={form}
        name="recipients"
        label="Recipients"
        optional={optional}
        rows={2}
        help={
          me.emailConfirmed ? HELP : "Until your e-mail is confirmed, only members of your account get mail."
        }
      />
      {valid.length > 0 && (
        <ul class="recipient-states" aria-label="Whether they get it">
          {valid.map((address) => (
            <li key={address}>
              <span class="truncate">{address}</span>
              <StateBadge words={wordsOf(known.get(address))} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <div class="row recipient-others">
          <span class="small muted">Add</span>
          {others.map(([address]) => (
            <button
              key={address}
              type="button"
              class="recipient-add"
              onClick={() => form.set("recipients", [...chosen, address].join(", "))}
            >
              {address}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const HELP = "Divide addresses by commas. Each gets a mail of their own; nobody sees the others.";

function wordsOf(state: RecipientState | undefined): StateWords {
  return state === undefined ? IS_NEW : recipientWords(state);
}

function useKnownStates(states: readonly { address: string; state: RecipientState }[]) {
  const members = useResource<List<Member>>(paths.members);
  const addresses = useResource<List<ReportAddress>>(reportPaths.addresses({ limit: KNOWN }));
  return new Map<string, RecipientState>([
    ...(members.value?.items ?? []).map(({ email }) => [email.toLowerCase(), "member"] as const),
    ...(addresses.value?.items ?? []).map(({ address, state }) => [address.toLowerCase(), state] as const),
    ...states.map(({ address, state }) => [address.toLowerCase(), state] as const),
  ]);
}
