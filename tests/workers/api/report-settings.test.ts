import { beforeAll, expect, test } from "vitest";
import { APP_ORIGIN } from "#tests/support/start-workers.ts";
import { addMember, ask, type Person, signUp } from "./people.ts";
import { type RunningApi, sharedApi } from "./start-api.ts";

/** One pixel. */
const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);
const DEFAULTS = {
  logo: null,
  accent: null,
  footer: null,
  language: "en",
  locale: "en-GB",
  retentionDays: null,
};

let api: RunningApi;
let owner: Person;

beforeAll(async () => {
  api = await sharedApi();
  owner = await signUp(api);
});

async function upload(
  bytes: Uint8Array,
  { person = owner, headers = {} }: { person?: Person; headers?: Record<string, string> } = {},
) {
  const answer = await api.fetch("/api/v1/report-logos", {
    method: "POST",
    headers: { cookie: person.cookie, origin: APP_ORIGIN, "content-type": "image/png", ...headers },
    body: bytes.slice(),
  });
  return {
    status: answer.status,
    isReplayed: answer.headers.has("idempotent-replayed"),
    body: (await answer.json()) as Record<string, unknown>,
  };
}

test("an account that set nothing has the defaults, and then what it set", async () => {
  const someone = await signUp(api);
  expect((await someone.ask("GET /api/v1/report-settings")).body).toEqual(DEFAULTS);
  const set = {
    ...DEFAULTS,
    accent: "#0a7d5c",
    footer: " Acme GmbH ",
    language: "de",
    locale: "de-CH",
    retentionDays: 90,
  };
  const saved = await someone.ask("PUT /api/v1/report-settings", set);
  expect(saved).toMatchObject({ status: 200 });
  expect((await someone.ask("GET /api/v1/report-settings")).body).toEqual(saved.body);
  expect(saved.body).toMatchObject({ accent: "#0a7d5c", locale: "de-CH", retentionDays: 90 });
  expect((await owner.ask("GET /api/v1/report-settings")).body).toEqual(DEFAULTS);
  expect((await someone.ask("PUT /api/v1/report-settings", DEFAULTS)).body).toEqual(DEFAULTS);
});

test("what cannot be is refused with the field at fault", async () => {
  const wrong = [
    ["accent", { accent: "green" }],
    ["locale", { locale: "not a locale" }],
    ["language", { language: "xx" }],
    ["retentionDays", { retentionDays: 3 }],
    ["logo", { logo: `${"0".repeat(64)}.png` }],
  ] as const;
  for (const [field, change] of wrong) {
    const refused = await owner.ask("PUT /api/v1/report-settings", { ...DEFAULTS, ...change });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path: field }] },
    });
  }
  expect((await owner.ask("GET /api/v1/report-settings")).body).toEqual(DEFAULTS);
});

test("a logo is kept by its content, and is the account's alone", async () => {
  const added = await upload(PNG);
  expect(added).toMatchObject({ status: 201, body: { width: 1, height: 1 } });
  expect(await upload(PNG)).toEqual(added);
  const id = String(added.body["id"]);
  const shown = await api.fetch(`/api/v1/report-logos/${id}`, { headers: { cookie: owner.cookie } });
  expect(shown.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG);
  expect((await owner.ask("PUT /api/v1/report-settings", { ...DEFAULTS, logo: id })).body).toMatchObject({
    logo: id,
  });
  await owner.ask("PUT /api/v1/report-settings", DEFAULTS);

  const stranger = await signUp(api);
  expect((await stranger.ask(`GET /api/v1/report-logos/${id}`)).status).toBe(404);
  expect((await stranger.ask("PUT /api/v1/report-settings", { ...DEFAULTS, logo: id })).status).toBe(400);
  expect((await owner.ask("GET /api/v1/report-logos/..%2F1%2Fx.png")).status).toBe(404);
});

test("a logo sent twice under one Idempotency-Key is answered once; other bytes with it are refused", async () => {
  const headers = { "idempotency-key": "logo-once" };
  const first = await upload(PNG, { headers });
  expect(first).toMatchObject({ status: 201, isReplayed: false });
  expect(await upload(PNG, { headers })).toEqual({ ...first, isReplayed: true });
  // Neither of the two bytes is UTF-8: as text both would be the same.
  const other = PNG.slice();
  other.set([0xfe], PNG.indexOf(0xae));
  expect(await upload(other, { headers })).toMatchObject({
    status: 422,
    body: { code: "idempotency_key_reused" },
  });
  const heavy = new Uint8Array(512 * 1024 + 1);
  expect(await upload(heavy, { headers })).toMatchObject({ status: 413 });
});

test("only images of a sensible size are taken", async () => {
  const svg = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`);
  expect(await upload(svg)).toMatchObject({ status: 400, body: { code: "invalid_image" } });
  const huge = PNG.slice();
  new DataView(huge.buffer).setUint32(16, 4_001);
  expect(await upload(huge)).toMatchObject({ status: 400, body: { code: "invalid_image" } });
  const heavy = new Uint8Array(512 * 1024 + 1);
  heavy.set(PNG);
  expect(await upload(heavy)).toMatchObject({ status: 413, body: { code: "body_too_large" } });
});

test("managers set it, everybody sees it, nobody without a sign-in does", async () => {
  const marketer = await addMember(api, owner, "marketer");
  const viewer = await addMember(api, owner, "viewer");
  expect((await marketer.ask("PUT /api/v1/report-settings", DEFAULTS)).status).toBe(403);
  expect((await viewer.ask("GET /api/v1/report-settings")).status).toBe(200);
  expect((await upload(PNG, { person: marketer })).status).toBe(201);
  expect((await upload(PNG, { person: viewer })).status).toBe(403);
  expect((await ask(api, "GET /api/v1/report-settings")).status).toBe(401);
});
