import "./badge.css";

import { channelColour, channelLabel } from "#frontend/format/channel.ts";

/** A channel with its colour, the same one everywhere. */
export function ChannelName({ channel }: { channel: string }) {
  return (
    <span class="swatch">
      <span class="dot" style={{ background: channelColour(channel) }} aria-hidden="true" />
      <span class="truncate">{channelLabel(channel)}</span>
    </span>
  );
}
