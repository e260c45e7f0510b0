/**
 * User-agent marks of the browser families, the most particular first: nearly every browser also claims to be
 * Chrome and Safari. The words are those a person knows, not the engines'.
 */
const BROWSER_MARKS: readonly (readonly [RegExp, string])[] = [
  [/\bFBAN|\bFBAV|\bFB_IAB/, "Facebook app"],
  [/\bInstagram\b/, "Instagram app"],
  [/\bmusical_ly|\bBytedanceWebview|\bTikTok/i, "TikTok app"],
  [/\bSnapchat\b/, "Snapchat app"],
  [/\bPinterest\b/, "Pinterest app"],
  [/\bLinkedInApp\b/, "LinkedIn app"],
  [/\bTwitter for\b|\bTwitterAndroid\b/, "X app"],
  [/\bMicroMessenger\b/, "WeChat"],
  [/\bLine\/\d/, "LINE app"],
  [/\bGSA\//, "Google app"],
  [/\bEdgA?\/|\bEdgiOS\/|\bEdge\//, "Edge"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bOPR\/|\bOPiOS\/|\bOPT\/|\bOpera\b/, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bYaBrowser\//, "Yandex"],
  [/\bUCBrowser\/|\bUBrowser\//, "UC Browser"],
  [/\bMiuiBrowser\//, "Mi Browser"],
  [/\bHuaweiBrowser\//, "Huawei Browser"],
  [/\bSilk\//, "Silk"],
  [/\bDuckDuckGo\/|\bDdg\//, "DuckDuckGo"],
  [/\bBrave\//, "Brave"],
  [/\bWhale\//, "Whale"],
  [/\bFxiOS\/|\bFocus\/|\bKlar\//, "Firefox"],
  [/\bSeaMonkey\//, "SeaMonkey"],
  [/\bFirefox\//, "Firefox"],
  [/\bMSIE |\bTrident\//, "Internet Explorer"],
  [/\bCriOS\//, "Chrome"],
  [/\bAndroid\b.*; wv\).*\bChrome\//, "Android WebView"],
  [/\bChrome\/|\bChromium\/|\bHeadlessChrome\//, "Chrome"],
  [/\bAndroid\b.*\bVersion\/.*\bSafari\//, "Android Browser"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
  [/\b(?:iPhone|iPad|iPod)\b.*\bAppleWebKit\//, "iOS WebView"],
];

/** The browser's family, or "Other" when none is known. */
export function browserFamily(userAgent: string): string {
  return BROWSER_MARKS.find(([mark]) => mark.test(userAgent))?.[1] ?? "Other";
}
