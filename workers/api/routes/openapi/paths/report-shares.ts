import { list } from "#contract/primitives.ts";
import { reportModel } from "#contract/report-model.ts";
import { reportLogo, reportSettings } from "#contract/report-settings.ts";
import {
  createShareRequest,
  newShare,
  openShareRequest,
  share,
  sharedReport,
} from "#contract/report-shares.ts";
import { downloadQuery } from "#contract/reports.ts";
import type { RouteDoc } from "./route-doc.ts";
import { DOWNLOADS } from "./reports.ts";

const IMAGES = ["image/png", "image/jpeg"];

export const reportSharePaths: readonly RouteDoc[] = [
  {
    method: "post",
    path: "/api/v1/reports/{reportId}/shares",
    tag: "Reports",
    summary: "Share a report by a link",
    description:
      "Whoever has the link reads this report and nothing else, until it expires or is revoked. The link is told this once.",
    access: "reports:write",
    body: createShareRequest,
    isRepeatable: true,
    answer: { status: 201, description: "The link", schema: newShare },
    problems: ["report_not_ready", "report_expired", "already_created"],
  },
  {
    method: "get",
    path: "/api/v1/reports/{reportId}/shares",
    tag: "Reports",
    summary: "The links of a report",
    access: "reports:read",
    answer: { status: 200, description: "All of them, newest first", schema: list(share) },
  },
  {
    method: "delete",
    path: "/api/v1/report-shares/{shareId}",
    tag: "Reports",
    summary: "Revoke a link",
    access: "reports:write",
    answer: { status: 204, description: "It works no longer" },
  },
  {
    method: "get",
    path: "/api/v1/shared/{token}",
    tag: "Reports",
    summary: "Whether a link opens, or needs its password",
    description: "Unknown, expired and revoked links are the same 404.",
    access: "public",
    answer: { status: 200, description: "The link", schema: sharedReport },
  },
  {
    method: "post",
    path: "/api/v1/shared/{token}",
    tag: "Reports",
    summary: "Open a link with its password",
    description: "Sets a cookie that opens this link for 12 hours.",
    access: "public",
    body: openShareRequest,
    answer: { status: 200, description: "The link, open", schema: sharedReport },
    problems: ["wrong_share_password", "too_many_attempts"],
  },
  {
    method: "get",
    path: "/api/v1/shared/{token}/model",
    tag: "Reports",
    summary: "What a shared report shows",
    access: "public",
    answer: { status: 200, description: "The model", schema: reportModel },
    problems: ["share_locked"],
  },
  {
    method: "get",
    path: "/api/v1/shared/{token}/download",
    tag: "Reports",
    summary: "A file of a shared report",
    access: "public",
    query: downloadQuery,
    answer: { status: 200, description: "The file", contentTypes: DOWNLOADS },
    problems: ["share_locked"],
  },
  {
    method: "get",
    path: "/api/v1/shared/{token}/logo",
    tag: "Reports",
    summary: "The logo of a shared report",
    access: "public",
    answer: { status: 200, description: "The image", contentTypes: IMAGES },
    problems: ["share_locked"],
  },
  {
    method: "get",
    path: "/api/v1/report-settings",
    tag: "Reports",
    summary: "How the account's reports look, and how long their files are kept",
    access: "reports:read",
    answer: { status: 200, description: "The settings", schema: reportSettings },
  },
  {
    method: "put",
    path: "/api/v1/report-settings",
    tag: "Reports",
    summary: "Set how the account's reports look, and how long their files are kept",
    description: "For reports that are ordered from now on; those that are made stay as they are.",
    access: "account:write",
    body: reportSettings,
    answer: { status: 200, description: "The settings", schema: reportSettings },
  },
  {
    method: "post",
    path: "/api/v1/report-logos",
    tag: "Reports",
    summary: "Add a logo",
    description:
      "The bytes of a PNG or JPEG, 512 KiB and 4,000 pixels each way at most. The same bytes are the same logo.",
    access: "reports:write",
    bodyTypes: IMAGES,
    isRepeatable: true,
    answer: { status: 201, description: "The logo", schema: reportLogo },
    problems: ["invalid_image", "body_too_large"],
  },
  {
    method: "get",
    path: "/api/v1/report-logos/{logoId}",
    tag: "Reports",
    summary: "A logo of the account",
    access: "reports:read",
    answer: { status: 200, description: "The image", contentTypes: IMAGES },
  },
];
