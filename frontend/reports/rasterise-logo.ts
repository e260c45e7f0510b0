export const MAX_LOGO_BYTES = 512 * 1_024;
const MAX_WIDTH = 1_000;
/** A small drawing is drawn large, so that it stays sharp on paper. */
const SVG_WIDTH = 800;
const SHRINK = 0.8;

export class LogoProblem extends Error {}

/**
 * A PNG or JPEG as it is to be uploaded: at most 1,000 px wide and 512 kB. An SVG, and what is larger, is drawn anew as
 * PNG. Throws `LogoProblem` for what is no picture.
 */
export async function rasteriseLogo(file: File): Promise<Blob> {
  const isSvg = file.type === "image/svg+xml";
  if (!isSvg && file.type !== "image/png" && file.type !== "image/jpeg") {
    throw new LogoProblem("Choose a PNG, JPEG or SVG picture.");
  }
  const picture = await readPicture(file);
  // A drawing without a size of its own has none here either.
  const natural = { width: picture.naturalWidth || SVG_WIDTH, height: picture.naturalHeight || SVG_WIDTH / 2 };
  const isFitting = natural.width <= MAX_WIDTH && file.size <= MAX_LOGO_BYTES;
  if (!isSvg && isFitting) return file;
  let width = isSvg ? SVG_WIDTH : Math.min(MAX_WIDTH, natural.width);
  for (;;) {
    const drawn = await drawPng(picture, { width, height: Math.max(1, (width * natural.height) / natural.width) });
    if (drawn.size <= MAX_LOGO_BYTES) return drawn;
    width *= SHRINK;
  }
}

/** As a data URL: the page's security policy lets no other address of a file be a picture. */
async function readPicture(file: File): Promise<HTMLImageElement> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new LogoProblem("The file could not be read."));
    reader.readAsDataURL(file);
  });
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
  } catch {
    throw new LogoProblem("The file is no picture that this browser can show.");
  }
  return picture;
}

async function drawPng(
  picture: HTMLImageElement,
  { width, height }: { width: number; height: number },
): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new LogoProblem("The picture could not be drawn.");
  return blob;
}
