import { describe, expect, test } from "vitest";
import { actWords, detailWords } from "#frontend/screens/audit-log/act-words.ts";

describe("an entry of the audit log", () => {
  test("says in words what was done, the confirmed address and the new password too", () => {
    expect(actWords("user.confirm_email")).toBe("Confirmed their e-mail address");
    expect(actWords("user.reset_password")).toBe("Set a new password by a link in a mail");
  });

  test("leaves out what nobody chose", () => {
    expect(detailWords({ site: null, state: "waiting", reason: null })).toBe("state: waiting");
    expect(detailWords({ site: null })).toBe("");
    expect(detailWords(null)).toBe("");
  });

  test("says names, answers and what lies deeper in words", () => {
    expect(detailWords({ report: "rep_1", hasPassword: true, expiresInDays: 30 })).toBe(
      "report: rep_1, has password: yes, expires in days: 30",
    );
    expect(detailWords({ isEnabled: false, parameters: { percent: 20, days: null } })).toBe(
      "is enabled: no, parameters: percent: 20",
    );
    expect(detailWords({ changed: ["currency", "timeZone"] })).toBe("changed: currency, timeZone");
  });
});
