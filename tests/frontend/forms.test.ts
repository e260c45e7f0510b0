import { describe, expect, test } from "vitest";
import { classifyChannel } from "#core/channels/classify-channel.ts";
import { DIRECT_TUPLE } from "#core/sources/source-tuple.ts";
import { ApiProblem, fieldName, readProblem } from "#frontend/api/problem.ts";
import { CAMPAIGN_CHANNELS } from "#frontend/format/channel.ts";
import { errorsOf } from "#frontend/parts/use-form.ts";
import {
  campaignErrors,
  EMPTY_CAMPAIGN,
  promoMatchers,
  toRequest,
} from "#frontend/screens/campaigns/campaign-form.ts";
import { campaignSlug, utmForChannel } from "#frontend/screens/campaigns/utm-for-channel.ts";
import { spreadSpend } from "#frontend/spend/spread-spend.ts";
import {
  hostsError,
  originsError,
  readHosts,
  readLines,
  siteErrors,
  siteHost,
} from "#frontend/screens/settings/site-form.ts";

describe("problems", () => {
  const answer = (status: number, body: string) =>
    new Response(body, { status, headers: { "x-request-id": "req_9" } });

  test("carry code, sentence, fields and request id", async () => {
    const body = {
      title: "No",
      detail: "The name is taken.",
      code: "name_taken",
      requestId: "req_1",
      errors: [{ path: "/name", code: "taken", message: "Taken" }],
    };
    const problem = await readProblem(answer(409, JSON.stringify(body)));
    expect(problem).toMatchObject({
      status: 409,
      code: "name_taken",
      message: "The name is taken.",
      requestId: "req_1",
    });
    expect(problem.fields).toEqual([{ path: "name", code: "taken", message: "Taken" }]);
  });

  test("say something a person can act on even when the answer is not ours", async () => {
    const problem = await readProblem(answer(502, "<html>Bad gateway</html>"));
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem.message).toContain("Nothing is lost");
    expect(problem.requestId).toBe("req_9");
  });

  test("name the field however the path is written", () => {
    expect(fieldName("/budget/minor")).toBe("budget.minor");
    expect(fieldName("body.name")).toBe("name");
    expect(fieldName(["matchers", 0, "value"])).toBe("matchers.0.value");
  });

  test("reach the field that shows them, and the summary when none does", () => {
    const problem = (path: string) =>
      new ApiProblem({
        status: 400,
        code: "invalid",
        title: "",
        detail: "",
        requestId: null,
        fields: [{ path, code: "x", message: "No" }],
      });
    expect(errorsOf(problem("budgetMinor"), { budget: "" }, { budgetMinor: "budget" })).toEqual({
      budget: "No",
    });
    expect(errorsOf(problem("matchers.0.value"), { utm: "" }, { matchers: "utm" })).toEqual({ utm: "No" });
    expect(errorsOf(problem("elsewhere"), { name: "" }, {})).toEqual({ elsewhere: "No" });
  });
});

describe("campaigns", () => {
  test("the utm values offered for a channel lead back to that channel", () => {
    for (const { value } of CAMPAIGN_CHANNELS) {
      const { source, medium } = utmForChannel(value);
      const tuple = { ...DIRECT_TUPLE, utmSource: source, utmMedium: medium, utmCampaign: "autumn" };
      // What no rule names falls back to the campaign's own channel.
      expect([value, classifyChannel(tuple, value)]).toEqual([value, value]);
    }
  });

  test("a name becomes a utm value that can be read aloud", () => {
    expect(campaignSlug("Autumn Sale 2026")).toBe("autumn-sale-2026");
    expect(campaignSlug("  Łódź – Été! ")).toBe("łodz-ete");
    expect(campaignSlug("!!!")).toBe("");
    expect(campaignSlug("x".repeat(200))).toHaveLength(60);
  });

  test("amounts go out in minor units of the site's currency, empty ones as null", () => {
    const request = toRequest(
      { ...EMPTY_CAMPAIGN, name: " A ", budget: "1,250.00", targetRoas: "3,5" },
      "EUR",
    );
    expect(request).toMatchObject({
      name: "A",
      budgetMinor: 125_000,
      targetCpaMinor: null,
      targetRoas: 3.5,
      startsOn: null,
    });
  });

  test("what cannot be meant is said at its field", () => {
    const values = {
      ...EMPTY_CAMPAIGN,
      startsOn: "2026-11-02",
      endsOn: "2026-11-01",
      budget: "lots",
      targetRoas: "-1",
    };
    expect(Object.keys(campaignErrors(values, "EUR")).toSorted()).toEqual([
      "budget",
      "endsOn",
      "name",
      "targetRoas",
    ]);
    expect(campaignErrors({ ...EMPTY_CAMPAIGN, name: "A", startsOn: "2026-11-02" }, "EUR")).toEqual({});
  });

  test("promo codes are divided by commas or spaces, each once", () => {
    expect(promoMatchers("A15, B20;A15\nC")).toEqual(
      ["A15", "B20", "C"].map((value) => ({ kind: "promo_code", value })),
    );
    expect(promoMatchers(" ")).toEqual([]);
  });
});

describe("spend", () => {
  test("a lump sum is spread to the cent", () => {
    for (const amountMinor of [0, 1, 100, 99_999]) {
      const rows = spreadSpend({
        from: "2026-11-01",
        to: "2026-11-07",
        amountMinor,
        currency: "EUR",
        note: null,
      });
      expect(rows).toHaveLength(7);
      expect(rows.reduce((sum, row) => sum + row.amountMinor, 0)).toBe(amountMinor);
      expect(
        Math.max(...rows.map((row) => row.amountMinor)) - Math.min(...rows.map((row) => row.amountMinor)),
      ).toBeLessThanOrEqual(1);
    }
  });
});

describe("sites", () => {
  test("take what is in the address bar for a host", () => {
    expect(siteHost(" https://Shop.example/start?x=1#y ")).toBe("shop.example");
    expect(siteHost("localhost:8788")).toBe("localhost:8788");
    expect(siteHost("https://Potter-Söhne.example/über")).toBe("xn--potter-shne-yfb.example");
    expect(siteErrors({ name: "", domain: "not a host" })).toHaveProperty("domain");
    expect(siteErrors({ name: "Shop", domain: "potter-söhne.example" })).toEqual({});
    expect(siteErrors({ name: "Shop", domain: "söhne und töchter" })).toHaveProperty("domain");
    expect(siteErrors({ name: "Shop", domain: "https://shop.example" })).toEqual({});
  });

  test("origins and hosts are read one a line, the wrong one is named", () => {
    expect(readLines("https://a.example/\n\n https://B.example")).toEqual([
      "https://a.example",
      "https://b.example",
    ]);
    expect(originsError("https://*.a.example\na.example")).toContain("a.example");
    expect(originsError("https://*.a.example")).toBeNull();
    expect(originsError("https://*.söhne.example")).toBeNull();
    expect(hostsError("pay.example\nhttps://straße.example/kasse")).toBeNull();
    expect(readHosts("pay.example\nhttps://straße.example/kasse")).toEqual([
      "pay.example",
      "xn--strae-oqa.example",
    ]);
    expect(hostsError("pay.example\nno_host!")).toBe("“no_host!” is not a host like pay.example");
  });
});
