/** What scripts of Windows do and what they only show, as every rule that looks for marks in them takes it. */
import { decode } from "../../../policies/userdata/decode";
import { lockdownOf } from "../../../policies/userdata/lockdown";
import { patches } from "../../../policies/userdata/patching";
import { joinsCluster } from "../../../policies/userdata/text";
import { userData } from "./harness";

type Row = readonly [title: string, script: (command: string) => string, runs: boolean];

const BLOCK = "New-NetFirewallRule -DisplayName imds -Direction Outbound -RemoteAddress 169.254.169.254 -Action Block";
const NETSH = "netsh advfirewall firewall add rule name=imds dir=out action=block remoteip=169.254.169.254";
const JOIN = "Initialize-ECSAgent -Cluster a";

/** Whether each of the three analyses sees its command. */
function seen(tag: string, script: Row[1], [block, update, join]: readonly [string, string, string]): boolean[] {
  const data = (command: string) => userData(`<${tag}>\n${script(command)}\n</${tag}>\n`);
  return [
    lockdownOf(decode(data(block))).closed.size > 0,
    patches(decode(data(update))) === true,
    joinsCluster(data(join)) !== false,
  ];
}

test.each<Row>([
  ["a command", (command) => command, true],
  ["Write-Host", (command) => `Write-Host '${command}'`, false],
  ["Write-Warning", (command) => `Write-Warning "run ${command}"`, false],
  ["Write-EventLog", (command) => `Write-EventLog -LogName App -Message "${command}"`, false],
  ["echo", (command) => `echo "${command}"`, false],
  ["a comment", (command) => `# ${command}`, false],
  ["a comment behind a command", (command) => `Get-Date # ${command}`, false],
  ["a comment of several lines with another in it", (command) => `<#\n # ${command}\n ${command}\n#>`, false],
  ["behind what prints", (command) => `Write-Host "start"; ${command}`, true],
  ["before what prints", (command) => `${command}; Write-Host "done"`, true],
  ["a block", (command) => `if ($true) { ${command} }`, true],
  ["a block that prints", (command) => `if ($true) { Write-Host "${command}" }`, false],
  ["its answer is thrown away", (command) => `${command} | Out-Null`, true],
  ["its answer goes to a file", (command) => `${command} > C:\\log.txt`, true],
  ["its answer is printed", (command) => `Write-Host (${command})`, true],
  ["its answer is printed in a text", (command) => `Write-Host "$(${command})"`, true],
  ["printed into a document", (command) => `Write-Output "${command}" | Out-File C:\\x.txt`, false],
  ["a text for a document", (command) => `"${command}" | Out-File C:\\readme.txt`, false],
  ["a script that is written and started", (command) => `Set-Content C:\\x.ps1 '${command}'\n& C:\\x.ps1`, true],
  ["a script that is printed and started", (command) => `echo '${command}' > C:\\x.ps1\n& C:\\x.ps1`, true],
  ["several lines", (command) => command.replace(" -", " `\n -"), true],
])("PowerShell, %s", (_, script, runs) => {
  const all = [BLOCK, "Install-WindowsUpdate -AcceptAll", JOIN] as const;
  expect(seen("powershell", script, all)).toEqual([runs, runs, runs]);
});

test.each<Row>([
  ["a command", (command) => command, true],
  ["echo", (command) => `echo ${command}`, false],
  ["echo of a line", (command) => `echo.${command}`, false],
  ["echo in a block", (command) => `if exist C:\\x (\n  @echo ${command}\n)`, false],
  ["echo off", (command) => `@echo off\n${command}`, true],
  ["echo off on the same line", (command) => `@echo off & ${command}`, true],
  ["behind what prints", (command) => `echo starting && ${command}`, true],
  ["a remark", (command) => `@REM ${command}`, false],
  ["a label for a remark", (command) => `:: ${command}`, false],
  ["printed into a log", (command) => `echo ${command} >> C:\\boot.log`, false],
  ["its answer is thrown away", (command) => `${command} >nul 2>&1`, true],
])("a batch file, %s", (_, script, runs) => {
  const all = [NETSH, "UsoClient StartInstall", `powershell -Command ${JOIN}`] as const;
  expect(seen("script", script, all)).toEqual([runs, runs, runs]);
});
