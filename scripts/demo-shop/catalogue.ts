export type Product = {
  slug: string;
  name: string;
  line: string;
  story: string;
  priceMinor: number;
  /** Two colours of its picture. */
  colours: readonly [string, string];
  shape: "bag" | "kettle" | "grinder" | "cup";
};

/** Prices are in whole cents of the shop's one currency. */
export const CURRENCY = "EUR";

export const CATALOGUE: readonly Product[] = [
  {
    slug: "guji-natural",
    name: "Guji Natural",
    line: "Ethiopia · blueberry, jasmine, cane sugar",
    story:
      "Dried whole on raised beds for three weeks. Sweet enough to be called dessert, clean enough for Monday.",
    priceMinor: 1490,
    colours: ["#7c3aed", "#f59e0b"],
    shape: "bag",
  },
  {
    slug: "huila-washed",
    name: "Huila Washed",
    line: "Colombia · red apple, caramel, cocoa",
    story: "The one we drink ourselves: balanced, round, and forgiving of a kettle that is a little too hot.",
    priceMinor: 1290,
    colours: ["#b91c1c", "#fbbf24"],
    shape: "bag",
  },
  {
    slug: "pour-over-kit",
    name: "Pour-over kit",
    line: "Dripper, server, forty filters",
    story:
      "Everything for the first cup but the water. Borosilicate glass, walnut collar, instructions on one card.",
    priceMinor: 4990,
    colours: ["#0f766e", "#99f6e4"],
    shape: "cup",
  },
  {
    slug: "gooseneck-kettle",
    name: "Gooseneck kettle",
    line: "0.9 l · to the degree",
    story: "Holds its temperature within one degree and its handle within one hand.",
    priceMinor: 12900,
    colours: ["#1d4ed8", "#bfdbfe"],
    shape: "kettle",
  },
  {
    slug: "hand-grinder",
    name: "Hand grinder",
    line: "48 mm steel burrs",
    story: "Forty-five seconds for a cup, silent enough for a house that still sleeps.",
    priceMinor: 8900,
    colours: ["#334155", "#cbd5e1"],
    shape: "grinder",
  },
];

/** Codes the checkout takes off the price, in percent. */
export const PROMO_CODES: Readonly<Record<string, number>> = { SPRING: 10, PODCAST: 15, FRIENDS: 20 };
