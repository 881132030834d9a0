import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const SOURCES = /\.(?:[cm]?[jt]s|py|go|cs|java)$/;
/** How programs load the Automation API, in any language. */
const AUTOMATION =
  /@pulumi\/pulumi\/automation|\bpulumi\.automation\b|import automation|sdk\/v\d\/go\/auto\b|Pulumi\.Automation\b/;

/** Where programs stand that do not stand beside their package file. */
const FOLDERS = ["src", "bin", "cmd"];

/** What to do where a directory holds no project, but a program that starts Pulumi by itself; empty elsewhere. */
export function automationAdvice(directory: string): string {
  const files = ["", ...FOLDERS].flatMap((folder) => filesOf(path.join(directory, folder)));
  if (!files.some((file) => AUTOMATION.test(readFileSync(file, "utf8")))) return "";
  return (
    "It holds a program of Pulumi's Automation API, which starts Pulumi by itself. Give the pack to what it runs, " +
    'stack.preview({ policyPacks: ["node_modules/ec2-hardening"] }), or judge the state:\n' +
    "  pulumi stack export --stack STACK | ec2-hardening check -"
  );
}

function filesOf(directory: string): string[] {
  try {
    const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.filter(({ name }) => SOURCES.test(name)).map(({ name }) => path.join(directory, name));
  } catch {
    return [];
  }
}
