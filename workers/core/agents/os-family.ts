/** User-agent marks of operating systems; phones first, because they also name what they descend from. */
const OS_MARKS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows Phone\b/, "Windows Phone"],
  [/\b(?:iPhone|iPad|iPod)\b/, "iOS"],
  [/\bKAIOS\//i, "KaiOS"],
  [/\bTizen\b/, "Tizen"],
  [/\bWeb0S\b|\bwebOS\b/, "webOS"],
  [/\bPlayStation\b/, "PlayStation"],
  [/\bXbox\b/, "Xbox"],
  [/\bHarmonyOS\b|\bOpenHarmony\b/, "HarmonyOS"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows NT\b|\bWin64\b|\bWindows\b/, "Windows"],
  [/\bMacintosh\b|\bMac OS X\b/, "macOS"],
  [/\bFreeBSD\b|\bOpenBSD\b|\bNetBSD\b/, "BSD"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

/** The operating system's family, or "Other" when none is known. */
export function osFamily(userAgent: string): string {
  return OS_MARKS.find(([mark]) => mark.test(userAgent))?.[1] ?? "Other";
}
