import { describe, expect, it } from "vitest";

import { describeAgent } from "#core/agents/describe-agent.ts";

const WIN = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const LINUX = "Mozilla/5.0 (X11; Linux x86_64)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)";
const IPAD = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X)";
const PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9)";
const KIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

const ROWS: [browser: string, os: string, device: string, userAgent: string][] = [
  ["Chrome", "Windows", "desktop", `${WIN} ${KIT} Chrome/142.0.0.0 Safari/537.36`],
  ["Chrome", "macOS", "desktop", `${MAC} ${KIT} Chrome/142.0.0.0 Safari/537.36`],
  ["Chrome", "Linux", "desktop", `${LINUX} ${KIT} Chrome/142.0.0.0 Safari/537.36`],
  [
    "Chrome",
    "ChromeOS",
    "desktop",
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/142.0.0.0 Safari/537.36`,
  ],
  ["Chrome", "Android", "mobile", `${PIXEL} ${KIT} Chrome/142.0.0.0 Mobile Safari/537.36`],
  [
    "Chrome",
    "Android",
    "mobile",
    `Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/142.0.0.0 Mobile Safari/537.36`,
  ],
  ["Chrome", "Android", "tablet", `Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/142.0.0.0 Safari/537.36`],
  ["Chrome", "iOS", "mobile", `${IPHONE} ${WEBKIT} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`],
  ["Chrome", "iOS", "tablet", `${IPAD} ${WEBKIT} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`],
  ["Chrome", "Linux", "desktop", `${LINUX} ${KIT} HeadlessChrome/142.0.0.0 Safari/537.36`],
  ["Edge", "Windows", "desktop", `${WIN} ${KIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`],
  ["Edge", "Windows", "desktop", `${WIN} ${KIT} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763`],
  ["Edge", "Android", "mobile", `${PIXEL} ${KIT} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0`],
  [
    "Edge",
    "iOS",
    "mobile",
    `${IPHONE} ${WEBKIT} Version/18.0 EdgiOS/142.0.0.0 Mobile/15E148 Safari/605.1.15`,
  ],
  ["Safari", "macOS", "desktop", `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15`],
  ["Safari", "iOS", "mobile", `${IPHONE} ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`],
  ["Safari", "iOS", "tablet", `${IPAD} ${WEBKIT} Version/18.1 Mobile/15E148 Safari/604.1`],
  ["iOS WebView", "iOS", "mobile", `${IPHONE} ${WEBKIT} Mobile/15E148`],
  [
    "Firefox",
    "Windows",
    "desktop",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
  ],
  [
    "Firefox",
    "macOS",
    "desktop",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
  ],
  [
    "Firefox",
    "Linux",
    "desktop",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
  ],
  ["Firefox", "Android", "mobile", "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0"],
  ["Firefox", "Android", "tablet", "Mozilla/5.0 (Android 15; Tablet; rv:144.0) Gecko/144.0 Firefox/144.0"],
  ["Firefox", "iOS", "mobile", `${IPHONE} ${WEBKIT} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`],
  [
    "SeaMonkey",
    "Windows",
    "desktop",
    "Mozilla/5.0 (Windows NT 10.0; rv:91.0) Gecko/20100101 Firefox/91.0 SeaMonkey/2.53.18",
  ],
  [
    "Samsung Internet",
    "Android",
    "mobile",
    `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S928B) ${KIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
  ],
  [
    "Samsung Internet",
    "Android",
    "tablet",
    `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-X810) ${KIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36`,
  ],
  [
    "Samsung Internet",
    "Tizen",
    "other",
    `Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) ${KIT} SamsungBrowser/2.1 Chrome/56.0.2924.0 TV Safari/537.36`,
  ],
  ["Opera", "Windows", "desktop", `${WIN} ${KIT} Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0`],
  ["Opera", "Android", "mobile", `${PIXEL} ${KIT} Chrome/141.0.0.0 Mobile Safari/537.36 OPR/90.0.0.0`],
  [
    "Opera",
    "Android",
    "mobile",
    "Opera/9.80 (Android; Opera Mini/36.2/191.256; U; en) Presto/2.12.423 Version/12.16",
  ],
  ["Vivaldi", "Windows", "desktop", `${WIN} ${KIT} Chrome/141.0.0.0 Safari/537.36 Vivaldi/7.6.3797.56`],
  ["Yandex", "Windows", "desktop", `${WIN} ${KIT} Chrome/140.0.0.0 YaBrowser/25.10.0.0 Safari/537.36`],
  [
    "UC Browser",
    "Android",
    "mobile",
    `Mozilla/5.0 (Linux; U; Android 13; en-US; M2101) ${KIT} Version/4.0 Chrome/100.0.4896.58 UCBrowser/15.4.0.1 Mobile Safari/537.36`,
  ],
  [
    "Huawei Browser",
    "HarmonyOS",
    "mobile",
    `Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN01) ${KIT} Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36`,
  ],
  ["DuckDuckGo", "macOS", "desktop", `${MAC} ${WEBKIT} Version/18.1 Safari/605.1.15 Ddg/18.1`],
  [
    "Silk",
    "Android",
    "tablet",
    `Mozilla/5.0 (Linux; Android 11; KFTRWI) ${KIT} Silk/118.2.1 like Chrome/118.0.5993.155 Safari/537.36`,
  ],
  [
    "Internet Explorer",
    "Windows",
    "desktop",
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
  ],
  [
    "Internet Explorer",
    "Windows",
    "desktop",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
  ],
  [
    "Facebook app",
    "iOS",
    "mobile",
    `${IPHONE} ${WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.0;FBDV/iPhone16,1]`,
  ],
  [
    "Facebook app",
    "Android",
    "mobile",
    `${PIXEL} ${KIT} Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/500.0.0.0;]`,
  ],
  [
    "Instagram app",
    "iOS",
    "mobile",
    `${IPHONE} ${WEBKIT} Mobile/15E148 Instagram 350.0.0.0 (iPhone16,1; iOS 18_1)`,
  ],
  [
    "TikTok app",
    "iOS",
    "mobile",
    `${IPHONE} ${WEBKIT} Mobile/15E148 musical_ly_37.0.0 BytedanceWebview/d8a21c6`,
  ],
  [
    "Snapchat app",
    "iOS",
    "mobile",
    `${IPHONE} ${WEBKIT} Mobile/15E148 Snapchat/13.10.0.40 (iPhone16,1; iOS 18.1)`,
  ],
  ["Pinterest app", "iOS", "mobile", `${IPHONE} ${WEBKIT} Mobile/15E148 [Pinterest/iOS]`],
  [
    "WeChat",
    "Android",
    "mobile",
    `${PIXEL} ${KIT} Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50`,
  ],
  ["Google app", "iOS", "mobile", `${IPHONE} ${WEBKIT} GSA/340.0.0 Mobile/15E148 Safari/604.1`],
  [
    "Android WebView",
    "Android",
    "mobile",
    `Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) ${KIT} Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36`,
  ],
  [
    "Android Browser",
    "Android",
    "mobile",
    "Mozilla/5.0 (Linux; U; Android 4.0.3; de-de; GT-I9100) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
  ],
  [
    "Chrome",
    "webOS",
    "other",
    `Mozilla/5.0 (Web0S; Linux/SmartTV) ${KIT} Chrome/108.0.5359.211 Safari/537.36 WebAppManager`,
  ],
  [
    "Other",
    "PlayStation",
    "other",
    "Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko)",
  ],
  [
    "Edge",
    "Xbox",
    "other",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Edge/44.18363.8131",
  ],
  [
    "Edge",
    "Windows Phone",
    "mobile",
    "Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254",
  ],
  ["Other", "Other", "other", "curl/8.9.1"],
  ["Other", "Other", "other", ""],
];

describe("describeAgent", () => {
  it.each(ROWS)("%s on %s, %s: %s", (...row) => {
    const [browser, os, device, userAgent] = row;
    expect(describeAgent(userAgent)).toEqual({ browser, os, device });
  });

  it("reads the first 512 characters, so that no user agent takes its patterns long", () => {
    const hostile = "Android Version/ ".repeat(20_000);
    expect(describeAgent(`${hostile.slice(0, 500)} Firefox/1`).browser).toBe("Firefox");
    expect(describeAgent(`${hostile.slice(0, 512)} Firefox/1`).browser).not.toBe("Firefox");
    expect(describeAgent(`${hostile} Firefox/1`)).toEqual(describeAgent(hostile.slice(0, 512)));
  });
});
