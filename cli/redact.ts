import type { StackConfig } from "./host";

const SHORTEST = 3;

/** Whether one line of a secret is worth hiding by itself: output is handled line by line. */
function isTelling(line: string): boolean {
  return line.length >= 8;
}

/** Takes the values of secret configuration out of what a program prints. */
export class Redactor {
  private readonly secrets: readonly string[];

  constructor(config: StackConfig) {
    const placeholders = new Set(config.placeholders);
    const values = [...config.secretKeys].map((key) => config.values.get(key) ?? "");
    this.secrets = values
      .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split(/\r?\n/).filter(isTelling)])
      .filter((value) => value.length >= SHORTEST && !placeholders.has(value))
      .sort((a, b) => b.length - a.length);
  }

  redact(text: string): string {
    return this.secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text);
  }
}
