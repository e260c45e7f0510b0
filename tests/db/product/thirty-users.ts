/**
 * Thirty users by hand. Times are minutes after registering; null: never got there. `event` and `conversion` are those of
 * the account they opened; a `conversion` without a contact, or a test, is no attributed one.
 */
export type SeededUser = {
  number: number;
  registeredAt: string;
  site: number | null;
  campaign: number | null;
  event: number | null;
  conversion: number | null;
};

type Times = [site: number | null, campaign: number | null, event: number | null, conversion: number | null];

const WEEKS: readonly { registeredAt: string; users: readonly Times[] }[] = [
  {
    registeredAt: "2026-03-03T09:00:00.000Z",
    users: [
      [5, 10, 30, 50], // 1
      [5, 10, 45, 100], // 2
      [5, 20, 45, 100], // 3
      [5, 30, 60, null], // 4: a conversion without a contact
      [5, 30, 90, null],
      [5, 60, 120, null],
      [5, 90, 180, null],
      [5, 120, 2_880, null],
      [5, 240, null, null],
      [5, 1_440, null, null], // 10
      [5, null, null, null],
      [null, null, null, null],
    ],
  },
  {
    // The last millisecond of an ISO week.
    registeredAt: "2026-03-15T23:59:59.999Z",
    users: [
      [4, 5, 20, 25], // 13
      [5, 15, 20, null], // 14: a test conversion
      [5, 15, 240, null], // 15: the campaign is in the account of 16
      [5, 15, 600, null],
      [5, 45, null, null],
      [5, 100, null, null],
      [5, 300, null, null],
      [5, null, null, null], // 20
      [5, null, null, null],
      [null, null, null, null],
    ],
  },
  {
    registeredAt: "2026-03-16T00:00:00.000Z",
    users: [
      [0, 0, 10, 1_500], // 23: all in the same millisecond
      [5, 60, 75, null],
      [5, 60, null, null],
      [5, 125, null, null],
      [5, null, null, null],
      [5, null, null, null],
      [5, null, null, null],
      [null, null, null, null], // 30
    ],
  },
];

export const THIRTY_USERS: readonly SeededUser[] = WEEKS.flatMap(({ registeredAt, users }) =>
  users.map(([site, campaign, event, conversion]) => ({ registeredAt, site, campaign, event, conversion })),
).map((user, index) => ({ number: index + 1, ...user }));
