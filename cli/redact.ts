import type { StackConfig } from "./host";

const SHORTEST = 3;

/** Whether one line of a secret is worth hiding by itself: output is handled line by line. */
function isTelling(line: string): boolean {
  return line.length >= 8;
}

/** Takes secret values out of what is printed. */
export class Redactor {
  private readonly secrets: readonly string[];

  constructor(values: readonly string[]) {
    this.secrets = values
      .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split(/\r?\n/).filter(isTelling)])
      .filter((value) => value.length >= SHORTEST)
      .sort((a, b) => b.length - a.length);
  }

  /** Hides the values of secret configuration; a placeholder for one is none. */
  static of({ values, secretKeys, placeholders }: StackConfig): Redactor {
    const hidden = [...secretKeys].flatMap((key) => values.get(key) ?? []);
    return new Redactor(hidden.filter((value) => !placeholders.includes(value)));
  }

  /** The same, hiding more. */
  and(values: readonly string[]): Redactor {
    return new Redactor([...this.secrets, ...values]);
  }

  redact(text: string): string {
    return this.secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text);
  }
}
