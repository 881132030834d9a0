/** The cookbook: whole programs for what people build, with what AWS wants of each. */
import type { Api } from "../api/model";
import { anchor, code } from "./markdown";
import { recipe, type Recipe } from "./samples";

/** Names of the recipes, in the order of the page. */
const RECIPES = [
  "web-server",
  "eks-node-group",
  "ecs-host",
  "batch",
  "bastion",
  "secrets",
  "windows",
  "migrate",
  "platform",
];

export function recipes(): readonly Recipe[] {
  return RECIPES.map(recipe);
}

/** The page of all recipes. */
export function cookbookPage(all: readonly Recipe[], { components }: Api): string {
  const sections = [
    "<!-- Made by `npm run docs` from docs/samples/cookbook/. -->",
    "# Cookbook",
    "Whole programs, each of which `ec2-hardening check` runs and finds nothing in at the `strict` preset. Ids of networks, accounts and certificates are yours to fill in.",
    all.map(({ caption }) => `- [${caption}](#${anchor(caption)})`).join("\n"),
    ...all.flatMap(({ caption, code: program, notes }) => [
      `## ${caption}`,
      code("ts", program),
      notes,
      `Reference: ${components
        .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(program))
        .map(({ name }) => `[\`${name}\`](components/${name}.md)`)
        .join(", ")}`,
    ]),
  ];
  return `${sections.join("\n\n")}\n`;
}
