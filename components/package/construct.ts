import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult } from "@pulumi/pulumi/provider";
import * as components from "..";
import schema from "./schema.json";

interface Resource {
  readonly properties: Readonly<Record<string, unknown>>;
}

type Make = (name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

/** Inputs have the types that the schema says, which the engine and the SDKs see to, and the planner checks what matters. */
const COMPONENTS: Readonly<Record<string, Make>> = {
  HardenedInstance: (...given) => new components.HardenedInstance(...given),
  HardenedLaunchTemplate: (...given) => new components.HardenedLaunchTemplate(...given),
  HardenedAutoScalingGroup: (name, { subnetIds, ...inputs }, options) =>
    new components.HardenedAutoScalingGroup(
      name,
      { subnetIds: subnetIds as pulumi.Input<string[]>, ...inputs },
      options,
    ),
  HardenedInstanceProfile: (...given) => new components.HardenedInstanceProfile(...given),
  ImdsUsageAlarm: (...given) => new components.ImdsUsageAlarm(...given),
  ImdsGuardrails: (...given) => new components.ImdsGuardrails(...given),
};

const RESOURCES: Readonly<Record<string, Resource>> = schema.resources;

/** Makes a component for a program in another language. */
export function construct(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): ConstructResult {
  const resource = RESOURCES[type];
  const make = COMPONENTS[type.slice(type.lastIndexOf(":") + 1)];
  if (resource === undefined || make === undefined) throw new Error(`there is no component ${type}`);
  const component = make(name, inputs, options);
  const outputs = Object.entries(component).filter(([key]) => key in resource.properties);
  return { urn: component.urn, state: Object.fromEntries(outputs) };
}
