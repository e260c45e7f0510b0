// eslint-disable-next-line typescript/triple-slash-reference -- every tsconfig that reaches this file must learn what a .ttf is.
/// <reference path="./ttf-module.d.ts" />
import regular from "#rendering/fonts/inter-regular.ttf";
import semibold from "#rendering/fonts/inter-semibold.ttf";
import type { ReportFonts } from "#rendering/render-pdf.ts";

/** The report's fonts as the Worker's bundle carries them. Only a Worker's wiring imports this file. */
export const reportFonts: ReportFonts = { regular, semibold };
