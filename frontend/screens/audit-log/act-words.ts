/** What was done, in words; an action of a later version is shown as it is called. */
const ACTS: Readonly<Record<string, string>> = {
  "admin.alert.acknowledge": "Acknowledged an alert of the installation",
  "admin.alert_channel.create": "Added a channel for the installation's alerts",
  "admin.alert_channel.delete": "Removed a channel of the installation's alerts",
  "admin.alert_channel.replace_secret": "Replaced the secret of a webhook for the installation's alerts",
  "admin.alert_channel.test": "Tried a channel of the installation's alerts",
  "admin.alert_channel.update": "Changed a channel of the installation's alerts",
  "admin.alert_rule.reset": "Let a rule of the installation's alerts be the standard",
  "admin.alert_rule.update": "Changed a rule of the installation's alerts",
  "admin.audit_log.list": "Looked at the acts of superadmins",
  "admin.dead_letters.list": "Listed dead letters",
  "admin.dead_letters.read": "Read a dead letter, masked",
  "admin.dead_letters.disclose": "Read a dead letter in clear",
  "admin.dead_letters.replay": "Stored dead letters again",
  "admin.product_metrics.read": "Looked at the product metrics",
  "admin.rates.put": "Stored exchange rates for everybody",
  "admin.unreadable_bodies.list": "Listed unreadable bodies",
  "superadmin.grant": "Was made a superadmin",
  "superadmin.revoke": "Is no longer a superadmin",
  "alert.acknowledge": "Acknowledged an alert",
  "alert_channel.create": "Added a channel for alerts",
  "alert_channel.delete": "Removed a channel for alerts",
  "alert_channel.replace_secret": "Replaced the secret of a webhook for alerts",
  "alert_channel.test": "Tried a channel for alerts",
  "alert_channel.update": "Changed a channel for alerts",
  "alert_rule.reset": "Let a rule of alerts be the standard",
  "alert_rule.update": "Changed a rule of alerts",
  "account.create": "Opened the account",
  "api_key.create": "Made an API key",
  "api_key.revoke": "Revoked an API key",
  "attribution_run.create": "Kept an attribution run",
  "attribution_run.delete": "Deleted an attribution run",
  "attribution_run.rename": "Renamed an attribution run",
  "campaign.archive": "Archived a campaign",
  "campaign.create": "Made a campaign",
  "campaign.update": "Changed a campaign",
  "deal.create": "Made a deal",
  "deal.update": "Changed a deal",
  "deal.delete": "Deleted a deal",
  "link.archive": "Archived a short link",
  "link.create": "Made a short link",
  "rates.put": "Stored exchange rates",
  "rates.delete": "Deleted an exchange rate",
  "report.create": "Ordered a report",
  "report.delete": "Deleted a report",
  "report_address.ask": "Asked an address to agree to reports",
  "report_address.lift_bounce": "Allowed mails to an address again",
  "report_delivery.resend": "Sent a report once more",
  "report_schedule.create": "Made a schedule",
  "report_schedule.update": "Changed a schedule",
  "report_schedule.delete": "Deleted a schedule",
  "report_schedule.run": "Ran a schedule now",
  "report_schedule.test": "Sent themselves a test of a schedule",
  "report_settings.update": "Changed how reports look",
  "report_share.create": "Made a link to a report",
  "report_share.revoke": "Revoked a link to a report",
  "site.create": "Made a site",
  "site.update": "Changed a site",
  "spend.put": "Entered spend",
  "spend.import": "Imported spend",
  "spend.delete": "Deleted spend",
  "user.confirm_email": "Confirmed their e-mail address",
  "user.reset_password": "Set a new password by a link in a mail",
  "user.update": "Changed their own name or password",
  "visitor.erase": "Erased a visitor",
  "visitor.export": "Exported a visitor",
};

export function actWords(action: string): string {
  return ACTS[action] ?? action;
}

/** What an account's log can be narrowed to: the first word of its actions. */
export const AREAS = [
  { value: "all", label: "Everything" },
  { value: "campaign", label: "Campaigns" },
  { value: "site", label: "Sites" },
  { value: "spend", label: "Spend" },
  { value: "report", label: "Reports" },
  { value: "report_schedule", label: "Schedules" },
  { value: "api_key", label: "API keys" },
] as const;

/** "name: Spring, changed: currency, zone"; what nobody chose is left out, what is longer than a line is cut. */
export function detailWords(detail: Readonly<Record<string, unknown>> | null): string {
  const text = pairWords(detail ?? {});
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

const MOST_CHARACTERS = 160;

function pairWords(pairs: object): string {
  return Object.entries(pairs)
    .map(([name, value]) => [nameWords(name), valueWords(value)])
    .filter(([, words]) => words !== "")
    .map(([name, words]) => `${name}: ${words}`)
    .join(", ");
}

/** "expiresInDays" → "expires in days". */
function nameWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " ");
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(valueWords).join(", ");
  if (typeof value === "object") return pairWords(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
