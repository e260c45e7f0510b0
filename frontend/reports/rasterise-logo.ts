const MAX_LOGO_BYTES = 512 * 1_024;
const SVG = "image/svg+xml";
const TYPES = ["image/png", "image/jpeg", SVG];
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
  if (!TYPES.includes(file.type)) throw new LogoProblem("Choose a PNG, JPEG or SVG picture.");
  const isSvg = file.type === SVG;
  const picture = await readPicture(file);
  const natural = sizeOf(picture);
  const isFitting = natural.width <= MAX_WIDTH && file.size <= MAX_LOGO_BYTES;
  if (!isSvg && isFitting) return file;
  let width = isSvg ? SVG_WIDTH : Math.min(MAX_WIDTH, natural.width);
  for (;;) {
    const height = Math.max(1, (width * natural.height) / natural.width);
    // Each drawing is smaller than the one before, until one fits.
    // oxlint-disable-next-line no-await-in-loop
    const drawn = await drawPng(picture, { width, height });
    if (drawn.size <= MAX_LOGO_BYTES) return drawn;
    width *= SHRINK;
  }
}

/** A drawing without a size of its own is taken as twice as wide as high. */
function sizeOf({ naturalWidth, naturalHeight }: HTMLImageElement): { width: number; height: number } {
  return { width: naturalWidth || SVG_WIDTH, height: naturalHeight || SVG_WIDTH / 2 };
}

/** As a data URL: the page's security policy lets no other address of a file be a picture. */
async function readPicture(file: File): Promise<HTMLImageElement> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result : "");
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
