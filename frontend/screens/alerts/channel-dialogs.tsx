import type { AlertChannel, CreatedChannel } from "#contract/alerts.ts";
import { createChannel, deleteChannel, updateChannel, type AlertPlace } from "#frontend/api/alerts.ts";
import { timeZoneOptions } from "#frontend/format/zones.ts";
import { Button } from "#frontend/parts/button.tsx";
import { ConfirmDialog } from "#frontend/parts/confirm-dialog.tsx";
import { CopyBox } from "#frontend/parts/copy-box.tsx";
import { Dialog } from "#frontend/parts/dialog.tsx";
import { CheckField, Form, FormActions, SelectField, TextField } from "#frontend/parts/form.tsx";
import { Notice } from "#frontend/parts/notice.tsx";
import { toast } from "#frontend/parts/toast.tsx";
import { useForm, type FormState } from "#frontend/parts/use-form.ts";
import type { AlertView } from "./alert-tabs.tsx";
import type { OpenChannel } from "./channels-panel.tsx";
import { CHANNEL_WORDS } from "./alert-words.ts";

type DialogsProps = {
  view: AlertView;
  open: NonNullable<OpenChannel>;
  onClose: () => void;
  onMade: (made: CreatedChannel) => void;
};

/** What is asked about a channel. */
export function ChannelDialogs({ view, open, onClose, onMade }: DialogsProps) {
  switch (open.kind) {
    case "new":
      return <NewDialog view={view} onClose={onClose} onMade={onMade} />;
    case "change":
      return <ChangeDialog view={view} channel={open.channel} onClose={onClose} />;
    case "delete":
      return <DeleteDialog place={view.place} channel={open.channel} onClose={onClose} />;
    case "secret":
      return <SecretDialog name={open.name} secret={open.secret} onClose={onClose} />;
  }
}

const KINDS = (["mail", "slack", "webhook"] as const).map((value) => ({
  value,
  label: CHANNEL_WORDS[value],
}));

const TARGETS = {
  mail: { label: "E-mail address", help: "Of somebody in this account, or who agreed to get its reports." },
  slack: {
    label: "Address of the incoming webhook",
    help: "As Slack, Mattermost or Discord (ending in /slack) gives it.",
  },
  webhook: { label: "Address", help: "https. Each message is signed with a secret that is shown once." },
} as const;

/** Whoever runs the installation knows whom to mail to, and may mail anybody. */
function targetWords(kind: AlertChannel["kind"], { place }: AlertView): { label: string; help: string } {
  const words = TARGETS[kind];
  return kind === "mail" && place.kind === "operators" ? { ...words, help: "Of whoever is on call." } : words;
}

type ChannelValues = {
  kind: string;
  name: string;
  target: string;
  isQuiet: boolean;
  from: string;
  to: string;
  timeZone: string;
};

function NewDialog({ view, onClose, onMade }: Omit<DialogsProps, "open">) {
  const form = useForm<ChannelValues>({
    draft: `alert-channel:${view.place.kind}`,
    // The address of an incoming webhook is all that is needed to write there.
    secret: ["target"],
    initial: {
      kind: "mail",
      name: "",
      target: "",
      isQuiet: false,
      from: "22:00",
      to: "07:00",
      timeZone: view.zone,
    },
    fieldOf: { quietHours: "from" },
    fieldOfCode: { invalid_time_zone: "timeZone" },
    validate: (values) => ({ ...faultsOf(values), ...targetFault(values) }),
    submit: async (values) => {
      const { name, target } = values;
      onMade(
        await createChannel(view.place, { kind: kindOf(values), name, target, quietHours: quietOf(values) }),
      );
      toast(`${name} is added.`);
    },
  });
  const { label, help } = targetWords(kindOf(form.values), view);
  return (
    <Dialog title="Add a channel" onClose={onClose}>
      <Form form={form} label="Add a channel">
        <SelectField form={form} name="kind" label="Kind" options={KINDS} />
        <TextField
          form={form}
          name="target"
          label={label}
          help={help}
          autocomplete="off"
          spellcheck={false}
        />
        <NameAndQuiet form={form} />
        <FormActions form={form} save="Add channel">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

type ChangeProps = { view: AlertView; channel: AlertChannel; onClose: () => void };

function ChangeDialog({ view, channel, onClose }: ChangeProps) {
  const { quietHours, kind } = channel;
  const form = useForm<ChannelValues>({
    draft: `alert-channel:${channel.id}`,
    // The address of an incoming webhook is all that is needed to write there.
    secret: ["target"],
    initial: {
      kind,
      name: channel.name,
      target: "",
      isQuiet: quietHours !== null,
      from: quietHours?.from ?? "22:00",
      to: quietHours?.to ?? "07:00",
      timeZone: quietHours?.timeZone ?? view.zone,
    },
    fieldOfCode: { invalid_time_zone: "timeZone" },
    validate: faultsOf,
    submit: async (values) => {
      const target = values.target.trim();
      await updateChannel(view.place, channel.id, {
        name: values.name,
        quietHours: quietOf(values),
        ...(target === "" ? {} : { target }),
      });
      toast(`${values.name} is changed.`);
      onClose();
    },
  });
  return (
    <Dialog title={channel.name} onClose={onClose}>
      <Form form={form} label={channel.name}>
        <NameAndQuiet form={form} />
        <TextField
          form={form}
          name="target"
          label={`Another ${TARGETS[kind].label.toLowerCase()}`}
          help={`Empty: it stays ${channel.target}`}
          autocomplete="off"
          spellcheck={false}
          optional
        />
        <FormActions form={form} save="Save channel">
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </Form>
    </Dialog>
  );
}

function NameAndQuiet({ form }: { form: FormState<ChannelValues> }) {
  return (
    <>
      <TextField form={form} name="name" label="Name" placeholder="On call" />
      <CheckField
        form={form}
        name="isQuiet"
        label="Quiet hours"
        help="What begins in them is told at their end, if it still goes on then."
      />
      {form.values.isQuiet && (
        <div class="form-grid">
          <TextField form={form} name="from" label="From" placeholder="22:00" inputmode="text" />
          <TextField form={form} name="to" label="To" placeholder="07:00" inputmode="text" />
          <SelectField
            form={form}
            name="timeZone"
            label="Time zone"
            options={timeZoneOptions(form.values.timeZone)}
          />
        </div>
      )}
    </>
  );
}

function kindOf({ kind }: ChannelValues): AlertChannel["kind"] {
  return KINDS.find(({ value }) => value === kind)?.value ?? "mail";
}

function quietOf({ isQuiet, from, to, timeZone }: ChannelValues): AlertChannel["quietHours"] {
  return isQuiet ? { from, to, timeZone } : null;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

function faultsOf({ name, isQuiet, from, to }: ChannelValues): Record<string, string> {
  const clock = "Write it as 22:00";
  return {
    ...(name.trim() === "" ? { name: "Give the channel a name" } : {}),
    ...(isQuiet && !CLOCK.test(from) ? { from: clock } : {}),
    ...(isQuiet && !CLOCK.test(to) ? { to: clock } : {}),
  };
}

function targetFault({ target }: ChannelValues): Record<string, string> {
  return target.trim() === "" ? { target: "Say where messages are to go" } : {};
}

type DeleteProps = { place: AlertPlace; channel: AlertChannel; onClose: () => void };

function DeleteDialog({ place, channel, onClose }: DeleteProps) {
  return (
    <ConfirmDialog
      title="Remove this channel?"
      name={channel.name}
      action="Remove channel"
      onClose={onClose}
      onConfirm={async () => {
        await deleteChannel(place, channel.id);
        toast(`${channel.name} is removed.`);
        onClose();
      }}
    >
      <p>Nothing is sent to it any more, not even what waits.</p>
    </ConfirmDialog>
  );
}

function SecretDialog({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog title={`Secret of “${name}”`} wide onClose={onClose}>
      <div class="stack">
        <Notice tone="warn" title="Copy it now.">
          It proves that a message is ours, and cannot be shown again. A secret that it replaces is good for
          one day more.
        </Notice>
        <CopyBox text={secret} what="Secret" />
        <div class="row">
          <Button kind="primary" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
