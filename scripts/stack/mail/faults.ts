/** Answers that a test asked for instead of the true ones. */
export type Fault = {
  status: number;
  count: number;
  /** Keep the mail all the same: the answer is lost on its way, not the request. */
  keepMail: boolean;
};

export type Faults = { set(fault: Fault): void; next(): Fault | undefined };

export function createFaults(): Faults {
  let current: Fault = { status: 0, count: 0, keepMail: false };
  return {
    set(fault) {
      current = { ...fault };
    },
    next() {
      if (current.count <= 0) return undefined;
      current.count -= 1;
      return current;
    },
  };
}
