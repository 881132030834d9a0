/** User data of Windows, which EC2Launch reads. */

/** The tags that EC2Launch looks for (Amazon EC2 User Guide, "Configure Amazon EC2 instances to run user data scripts"). */
const TAG = /<\/?(?:powershell|powershellArguments|script|persist|runAsLocalSystem|detach)>/i;

/** Why PowerShell cannot run as it is given; undefined where it can. */
export function powershellProblem(text: string): string | undefined {
  if (text.startsWith("#!")) return "write PowerShell without a first line for the shell: Windows has none";
  if (text.includes("\0")) return "it holds a NUL character, which no script may";
  const tag = TAG.exec(text)?.[0];
  return tag && `write it without ${tag}, which EC2Launch takes for its own, also in a text`;
}

/** One script of PowerShell, which stops at the first error. Exit codes of programs are none to PowerShell. */
export function powershellText(scripts: readonly string[], commands: readonly string[]): string {
  return ["<powershell>", '$ErrorActionPreference = "Stop"', ...scripts, ...commands, "</powershell>", ""].join("\n");
}
