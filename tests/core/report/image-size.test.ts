import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageSize } from "#core/report/image-size.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set(PNG);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** Start, an application segment, filling, a table of Huffman codes, and the frame's header. */
function jpeg(width: number, height: number, frame = 0xc2): Uint8Array {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const before = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xff, 0xc4, 0, 3, 1];
  const header = [0xff, frame, 0, 11, 8, ...size, 1, 1, 0x11, 0];
  return new Uint8Array([...before, ...header, 0xff, 0xd9]);
}

describe("the size of an image", () => {
  it("is read from a PNG's header and a JPEG's frame, whatever comes before it", () => {
    expect(imageSize(png(640, 120))).toEqual({ type: "png", width: 640, height: 120 });
    for (const frame of [0xc0, 0xc1, 0xc2]) {
      expect(imageSize(jpeg(300, 75, frame))).toEqual({ type: "jpg", width: 300, height: 75 });
    }
  });

  it("is that of a part of a larger buffer", () => {
    const buffer = new Uint8Array(100);
    buffer.set(png(7, 9), 40);
    expect(imageSize(buffer.subarray(40))).toEqual({ type: "png", width: 7, height: 9 });
  });

  it("is null for what is no image, is broken off, or has no pixels", () => {
    const svg = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`);
    const gif = new TextEncoder().encode("GIF89a");
    for (const bytes of [svg, gif, new Uint8Array(), png(0, 5), jpeg(5, 0), png(5, 5).subarray(0, 20)]) {
      expect(imageSize(bytes)).toBeNull();
    }
    expect(imageSize(jpeg(5, 5).subarray(0, 18))).toBeNull();
  });

  it("ends on any bytes", () => {
    const start = fc.constantFrom([0xff, 0xd8], PNG, []);
    const bytes = fc.tuple(start, fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(bytes, ([head, tail]) => {
        const size = imageSize(new Uint8Array([...head, ...tail]));
        expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
      }),
    );
  });
});
