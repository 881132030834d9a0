import { devNull } from "node:os";
import type { StackConfig } from "../host";

/** Tells what is loaded beside an SDK to go on where configuration is missing. */
export const STANDS_IN = "EC2_HARDENING_STANDS_IN";

/** Variables that give access to an account, and those of another Pulumi process. */
const WITHHELD = [
  /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION)$/,
  /^AWS_(?:DEFAULT_)?PROFILE$/,
  /^AWS_(?:ROLE_|WEB_IDENTITY_|CONTAINER_|BEARER_)/,
  /^(?:ARM|AZURE)_/,
  /^GOOGLE_(?:APPLICATION_)?(?:CREDENTIALS|OAUTH_ACCESS_TOKEN)$/,
  // Output is read, not shown: see preload.ts.
  /^FORCE_COLOR$/,
  /^PULUMI_(?:ACCESS_TOKEN|BACKEND_URL|CONFIG.*|NODEJS_.*|MONITOR.*|ENGINE.*)$/,
];

/** An environment in which a program can reach no account by accident, and its SDK reaches the server on this machine. */
export function isolatedEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== STANDS_IN && !WITHHELD.some((pattern) => pattern.test(name)),
  );
  const environment: NodeJS.ProcessEnv = Object.fromEntries(kept);
  const direct = [environment["no_grpc_proxy"] ?? environment["no_proxy"], "127.0.0.1"];
  return {
    ...environment,
    NO_COLOR: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_CONFIG_FILE: devNull,
    no_grpc_proxy: direct.filter(Boolean).join(","),
  };
}

/** A stack's configuration, as SDKs take it. */
export function configVariables({ values, secretKeys }: StackConfig): NodeJS.ProcessEnv {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...secretKeys]),
  };
}
