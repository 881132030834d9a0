import type { Properties } from "../policies/machine/resource";
import type { ProviderConfig } from "./provider";
import { own, text } from "./values";

/** Where a call counts as made when nothing says where. */
export const ASSUMED_REGION = "us-east-1";

/** The region of a resource or a call: its own, the provider's, or the assumed one. */
export function regionOf(properties: Properties, config: ProviderConfig): string {
  return text(own(properties, "region")) ?? text(config.region) ?? ASSUMED_REGION;
}

/** The domain that a partition's endpoints end in. */
export function dnsSuffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
