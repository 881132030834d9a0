/** Addresses of objects with a query string that S3 signs. */
import type { Made } from "../corpus";

/** The address of an object with the query string that S3 signs (version 4). */
export function presigned(made: Made, object: string): string {
  return (
    `https://${object}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${made.awsKeyId("ASIA")}%2F20260105%2Feu-west-1` +
    `%2Fs3%2Faws4_request&X-Amz-Date=20260105T101500Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${made.hex(64)}`
  );
}

/** The same of version 2. */
export function presignedV2(made: Made, object: string): string {
  return `https://${object}?AWSAccessKeyId=${made.awsKeyId()}&Expires=1988150400&Signature=${encodeURIComponent(made.base64(20))}`;
}
