import type { AddressQuestion, ConfirmAddressRequest } from "#contract/report-addresses.ts";
import type { ChangeSubscriptionRequest, Subscription } from "#contract/unsubscribe.ts";
import { call } from "./client.ts";
import { reportPaths } from "./report-paths.ts";

export async function changeSubscription(
  token: string,
  body: ChangeSubscriptionRequest,
): Promise<Subscription> {
  return await call<Subscription>({ method: "PUT", path: reportPaths.subscription(token), body });
}

/** What the link in the mail asks, before anybody agrees. */
export async function addressQuestion(token: string): Promise<AddressQuestion> {
  return await call<AddressQuestion>({ method: "POST", path: "/report-addresses/question", body: { token } });
}

export async function answerQuestion(body: ConfirmAddressRequest): Promise<void> {
  await call<void>({ method: "POST", path: "/report-addresses/confirm", body });
}
