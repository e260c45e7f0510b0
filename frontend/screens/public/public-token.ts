import { useLocation } from "preact-iso";

/** The last part of `/shared/abc` or `/unsubscribe/abc`. */
export function usePublicToken(): string {
  const { path } = useLocation();
  return path.split("/").filter(Boolean).at(1) ?? "";
}
