/** What a badge's colour repeats of its word. */
export type BadgeTone = "neutral" | "good" | "warn" | "bad" | "accent";
