import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepAlert, type AlertState, type AlertStep, type Verdict } from "#core/alerts/alert-state.ts";
import { inputs } from "#tests/support/inputs.ts";

const MINUTE = 60_000;
const TIMING = { forMs: 5 * MINUTE, holdMs: 10 * MINUTE, gapMs: 2.5 * MINUTE };

type Look = { atMs: number; verdict: Verdict };
type Told = Look & AlertStep;

function run(looks: readonly Look[]): Told[] {
  let state: AlertState | null = null;
  return looks.map((look) => {
    const step = stepAlert(state, look, TIMING);
    state = step.state;
    return { ...look, ...step };
  });
}

/** When it was bad before an instant. */
function badBefore(all: readonly Look[], atMs: number): number[] {
  return all.flatMap((look) => (look.verdict === "bad" && look.atMs < atMs ? look.atMs : []));
}

const verdict = fc.constantFrom<Verdict>("bad", "bad", "good", "missing");
/** Looks a minute or more apart, as crons bring them: some are late, some are left out. */
const looks = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 4 }), verdict }), { maxLength: 120 })
  .map((all) => {
    let atMs = 0;
    return all.map(({ gap, verdict: one }) => ({ atMs: (atMs += gap * MINUTE), verdict: one }));
  });

describe("an alert", () => {
  it("fires only after it was bad for as long as the rule says, without a good look or a gap between", () => {
    fc.assert(
      fc.property(looks, (all) => {
        for (const [at, told] of run(all).entries()) {
          if (told.transition !== "fired") continue;
          let backMs = told.atMs;
          for (let n = at; n >= 0 && told.atMs - backMs < TIMING.forMs; n -= 1) {
            const look = all[n];
            if (look === undefined || look.verdict === "missing") continue;
            expect(look.verdict).toBe("bad");
            expect(backMs - look.atMs).toBeLessThanOrEqual(TIMING.gapMs);
            backMs = look.atMs;
          }
          expect(told.atMs - backMs).toBeGreaterThanOrEqual(TIMING.forMs);
        }
      }),
      { numRuns: inputs(300) },
    );
  });

  it("does not flap: it is over only after it was good for as long, and fires again only after that", () => {
    fc.assert(
      fc.property(looks, (all) => {
        const told = run(all);
        const turns = told.flatMap(({ transition }) =>
          transition === "fired" || transition === "resolved" ? transition : [],
        );
        expect(turns).toEqual(turns.map((_, n) => (n % 2 === 0 ? "fired" : "resolved")));
        const calmMs = told
          .filter(({ transition }) => transition === "resolved")
          .map(({ atMs }) => atMs - Math.max(0, ...badBefore(all, atMs)));
        expect(calmMs.filter((ms) => ms <= TIMING.holdMs)).toEqual([]);
      }),
      { numRuns: inputs(300) },
    );
  });

  it("is moved by nothing that is missing", () => {
    fc.assert(
      fc.property(looks, fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 10 }), (all, later) => {
        const before = run(all).at(-1)?.state ?? null;
        let atMs = all.at(-1)?.atMs ?? 0;
        let state = before;
        for (const gap of later) {
          const step = stepAlert(state, { atMs: (atMs += gap * MINUTE), verdict: "missing" }, TIMING);
          expect(step.transition).toBeNull();
          state = step.state;
        }
        expect(state && { ...state, lookedAtMs: 0 }).toEqual(before && { ...before, lookedAtMs: 0 });
      }),
      { numRuns: inputs(200) },
    );
  });

  it("takes no notice of a look that comes twice, or late", () => {
    fc.assert(
      fc.property(looks, fc.array(fc.nat(), { maxLength: 20 }), (all, repeats) => {
        const state = run(all).at(-1)?.state ?? null;
        if (state === null) return;
        for (const index of repeats) {
          const look = all[index % all.length];
          if (look === undefined || look.atMs > state.lookedAtMs) continue;
          expect(stepAlert(state, look, TIMING)).toEqual({ state, transition: null });
        }
      }),
      { numRuns: inputs(200) },
    );
  });

  it("that was pending is forgotten at the first good look, and tells nobody", () => {
    const told = run([
      { atMs: 0, verdict: "bad" },
      { atMs: MINUTE, verdict: "bad" },
      { atMs: 2 * MINUTE, verdict: "good" },
      { atMs: 3 * MINUTE, verdict: "bad" },
      { atMs: 7 * MINUTE, verdict: "good" },
    ]);
    expect(told.map(({ transition }) => transition)).toEqual([null, null, "dropped", null, "dropped"]);
  });

  it("counts no time that nobody looked", () => {
    const told = run([
      { atMs: 0, verdict: "bad" },
      { atMs: 60 * MINUTE, verdict: "bad" },
    ]);
    expect(told.at(-1)?.state).toMatchObject({ phase: "pending", badSinceMs: 60 * MINUTE });
  });

  it("ends without a word when what it was about is gone", () => {
    const bad = Array.from({ length: 7 }, (_, n): Look => ({ atMs: n * MINUTE, verdict: "bad" }));
    expect(run([...bad, { atMs: 8 * MINUTE, verdict: "gone" }]).at(-1)).toMatchObject({
      state: null,
      transition: "closed",
    });
  });
});
