import { expect, test, vi } from "vitest";
import { sharedApi } from "./start-api.ts";

test("a Worker asks its database itself, not by way of the process that runs it", async () => {
  const api = await sharedApi();
  const fetched = vi.spyOn(globalThis, "fetch");
  try {
    const answer = await api.fetch("/api/v1/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://localhost:8787" },
      body: JSON.stringify({ email: "nobody@else.example", password: "not the right one" }),
    });
    // Whether there is such a person, only Postgres knows.
    expect(answer.status).toBe(401);
    expect(fetched).not.toHaveBeenCalled();
  } finally {
    fetched.mockRestore();
  }
});
