import type { Product } from "./catalogue.ts";

const SHAPES: Readonly<Record<Product["shape"], string>> = {
  bag: '<path d="M68 52h64l8 16v84a8 8 0 0 1-8 8H68a8 8 0 0 1-8-8V68z"/><path d="M68 52h64v14H68z" opacity=".35"/><circle cx="100" cy="112" r="20" opacity=".25"/>',
  cup: '<path d="M62 60h76l-26 44v14h-24v-14z"/><path d="M72 122h56l8 38H64z" opacity=".55"/>',
  kettle:
    '<path d="M70 84h60l12 68a8 8 0 0 1-8 8H66a8 8 0 0 1-8-8z"/><path d="M136 100c26-4 14-44 38-46l2 8c-14 4-4 48-38 52z" opacity=".7"/><path d="M82 84c0-30 36-30 36 0h-9c0-16-18-16-18 0z" opacity=".6"/>',
  grinder:
    '<path d="M76 76h48l6 76a8 8 0 0 1-8 8H78a8 8 0 0 1-8-8z"/><path d="M96 48h8v28h-8zM100 46h42v8h-42z" opacity=".6"/><circle cx="146" cy="50" r="9" opacity=".8"/>',
};

/** A flat picture of a product: no image file, no request. */
export function productPicture({ colours: [dark, light], shape, slug }: Product): string {
  return `<svg viewBox="0 0 200 200" role="img" aria-hidden="true"><defs><linearGradient id="g-${slug}" x1="0" y1="0" x2="1" y2="1">
<stop stop-color="${light}"/><stop offset="1" stop-color="${dark}" stop-opacity=".35"/></linearGradient></defs>
<rect width="200" height="200" fill="url(#g-${slug})"/><g fill="${dark}">${SHAPES[shape]}</g></svg>`;
}
