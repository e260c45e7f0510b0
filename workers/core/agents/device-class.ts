export type DeviceClass = "desktop" | "mobile" | "tablet" | "other";

/**
 * User-agent marks of device classes, in order. Televisions and consoles are "other". An Android without "Mobile"
 * is a tablet by Google's rule; an iPad that asks for the desktop page cannot be told from a Mac.
 */
const DEVICE_MARKS: readonly (readonly [RegExp, DeviceClass])[] = [
  [
    /\bSmart-?TV\b|\bSMART-TV\b|\bWeb0S\b|\bAppleTV\b|\bBRAVIA\b|\bAFT[A-Z]|\bGoogleTV\b|\bAndroid TV\b/i,
    "other",
  ],
  [/\bPlayStation\b|\bXbox\b|\bNintendo\b/, "other"],
  [/\biPad\b|\bTablet\b|\bPlayBook\b|\bKindle\b|\bSilk\/(?!.*Mobile)|\bKF[A-Z]{2,4}\b/, "tablet"],
  [/\biPhone\b|\biPod\b|\bWindows Phone\b|\bIEMobile\b|\bOpera Mini\b|\bKAIOS\//i, "mobile"],
  [/\bMobile\b|\bMobi\b/, "mobile"],
  [/\bAndroid\b|\bHarmonyOS\b/, "tablet"],
  [/\bWindows\b|\bMacintosh\b|\bCrOS\b|\bX11\b|\bLinux\b|\bBSD\b/, "desktop"],
];

/** The class of device by its user agent; "other" for what is neither of the three. */
export function deviceClass(userAgent: string): DeviceClass {
  return DEVICE_MARKS.find(([mark]) => mark.test(userAgent))?.[1] ?? "other";
}
