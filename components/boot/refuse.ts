/** What must not be in user data. */
import { credentialsIn as credentialsOf, type Credential } from "../../policies/userdata/credentials";
import { decode } from "../../policies/userdata/decode";

/**
 * Credentials in a text that becomes user data, or a part of it: where each stands and what it is, never what it says.
 * @param text the text, in any form that cloud-init takes
 * @param property where the program writes it, with which the paths begin
 */
export function credentialsIn(text: string, property: string): readonly Credential[] {
  const fact = { state: "known", value: text, source: { urn: "", path: property } } as const;
  return credentialsOf(decode({ fact, encoding: "plain" }));
}
