const MOST_FRAMES = 6;

/** Where an error happened: its frames, without the lines before them, which repeat the message. */
export function stackFrames(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.trim())
    .join(" | ");
}
