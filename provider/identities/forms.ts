import type { Template } from "../templates";

/** What AWS adds to a new resource; placeholders: `provider/templates.ts`, `provider/outputs.ts`. */
export interface Identity {
  readonly id: string;
  readonly arn?: string;
  /** Other outputs, which a value of the program takes precedence over. */
  readonly more?: Readonly<Record<string, Template>>;
}

/** An ec2 resource: a prefix and 17 digits. */
export const ec2 = (prefix: string, resource?: string, more?: Identity["more"]): Identity => ({
  id: `${prefix}-{hex17}`,
  ...(resource === undefined ? {} : { arn: `arn:{partition}:ec2:{region}:{account}:${resource}/{id}` }),
  ...(more === undefined ? {} : { more }),
});

/** A resource whose id is its physical name. */
export const byName = (arn?: string, more?: Identity["more"]): Identity => ({
  id: "{name}",
  ...(arn === undefined ? {} : { arn: arn.replace(/^:/, "arn:{partition}:") }),
  ...(more === undefined ? {} : { more }),
});

/** A resource whose id is its ARN. */
export const byArn = (arn: string, more?: Identity["more"]): Identity => ({
  id: "{arn}",
  arn: arn.replace(/^:/, "arn:{partition}:"),
  ...(more === undefined ? {} : { more }),
});
