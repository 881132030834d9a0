/** Programs in YAML. Their host asks providers for schemas, which are made here of what the program uses. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadAll } from "js-yaml";
import { isRecord } from "../../policies/machine/resource";
import type { Project } from "../project";
import { packageOf } from "../host/urn";
import { unknownProperties } from "../inputs/unknown";
import { entryPoint } from "./entry";

const ANY = { $ref: "pulumi.json#/Any" };

/** Schemas by package, each as JSON: every type and function that the program names, every property of any type. */
export function yamlSchemas(project: Project): ReadonlyMap<string, string> {
  const { directory } = entryPoint(project);
  const texts = ["Pulumi.yaml", "Pulumi.yml", "Main.yaml"]
    .map((name) => path.join(directory, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"));
  const uses = new Uses();
  for (const text of texts) {
    try {
      loadAll(text).forEach((document) => {
        uses.take(document);
      });
    } catch {
      // The host says better what is wrong with it.
    }
  }
  return uses.schemas(texts.join("\n"));
}

/** Packages that hold components, which a plugin builds. */
const COMPONENT_PACKAGES: ReadonlySet<string> = new Set(["awsx", "eks", "aws-apigateway", "aws-iam"]);

class Uses {
  /** Properties that are set, by type. */
  private readonly types = new Map<string, Set<string>>();
  private readonly functions = new Map<string, Set<string>>();

  take(value: unknown): void {
    if (Array.isArray(value)) {
      value.forEach((each) => {
        this.take(each);
      });
    }
    if (!isRecord(value)) return;
    const { type, properties } = value;
    if (typeof type === "string" && type.includes(":")) this.add(this.types, canonical(type), properties);
    for (const [key, inner] of Object.entries(value)) {
      if (key === "fn::invoke" && isRecord(inner) && typeof inner["function"] === "string")
        this.add(this.functions, canonical(inner["function"]), inner["arguments"]);
      else if (/^fn::[\w-]+:/.test(key)) this.add(this.functions, canonical(key.slice(4)), inner);
      this.take(inner);
    }
  }

  /** @param text the program, for the properties that it reads of any resource */
  schemas(text: string): ReadonlyMap<string, string> {
    const places = /\$\{[^}]*?\.([A-Za-z]\w*)|\breturn["']?\s*:\s*["']?([A-Za-z]\w*)/gi;
    const read = [...text.matchAll(places)].flatMap(([, name, returned]) => name ?? returned ?? []);
    const packages = [...this.types.keys(), ...this.functions.keys()].map((token) =>
      token.startsWith("pulumi:providers:") ? token.slice("pulumi:providers:".length) : packageOf(token),
    );
    const named = [...new Set(packages)].filter((name) => name !== "pulumi");
    return new Map(named.map((name) => [name, JSON.stringify(this.schema(name, read))]));
  }

  private schema(name: string, read: readonly string[]): object {
    const own = <T>(all: ReadonlyMap<string, T>): [string, T][] =>
      [...all].filter(([token]) => packageOf(token) === name);
    const isComponent = COMPONENT_PACKAGES.has(name);
    const provider = this.types.get(`pulumi:providers:${name}`) ?? new Set<string>();
    return {
      name,
      version: "0.0.0",
      provider: { properties: anyOf(provider), inputProperties: anyOf(provider) },
      resources: Object.fromEntries(
        own(this.types).map(([token, set]) => {
          const known = Object.keys(unknownProperties("", token));
          return [
            token,
            { isComponent, properties: anyOf([...known, ...set, ...read]), inputProperties: anyOf([...known, ...set]) },
          ];
        }),
      ),
      functions: Object.fromEntries(
        own(this.functions).map(([token, set]) => [
          token,
          {
            inputs: { type: "object", properties: anyOf(set) },
            outputs: { type: "object", properties: anyOf([...read, "id"]) },
          },
        ]),
      ),
    };
  }

  private add(all: Map<string, Set<string>>, token: string, properties: unknown): void {
    const set = all.get(token) ?? new Set();
    Object.keys(isRecord(properties) ? properties : {}).forEach((key) => set.add(key));
    all.set(token, set);
  }
}

/** Programs may write `aws:ec2:Instance` and `random:RandomPassword`, which providers call otherwise. */
function canonical(token: string): string {
  const parts = token.split(":");
  const [pkg = "", module = "", name] = parts.length === 2 ? [parts[0], "index", parts[1]] : parts;
  if (name === undefined || pkg === "pulumi" || pkg === "aws-native" || module.includes("/")) return token;
  if (COMPONENT_PACKAGES.has(pkg)) return `${pkg}:${module}:${name}`;
  return `${pkg}:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

function anyOf(names: Iterable<string>): object {
  return Object.fromEntries([...new Set(names)].filter((name) => name !== "urn").map((name) => [name, ANY]));
}
