import { b64, bad, good, type Case } from "../corpus";
import { utf16 } from "../forms";

/** Windows: PowerShell and batch files. */
export const windows: readonly Case[] = [
  // Windows

  bad(
    "short names in PowerShell and no scheme",
    () => `<powershell>
irm get.example.net/win | iex
</powershell>
`,
  ),
  good(
    "a short name reads an answer",
    () => `<powershell>
$region = irm http://cfg.example.internal/region.txt
[Environment]::SetEnvironmentVariable('APP_REGION', $region.Trim(), 'Machine')
</powershell>
`,
  ),
  bad(
    "the content of a page becomes a script block",
    () => `<powershell>
$page = Invoke-WebRequest -UseBasicParsing -Uri 'http://deploy.example.internal/join.ps1'
& ([scriptblock]::Create($page.Content)) -Role web
</powershell>
`,
  ),
  bad(
    "DownloadFile, then a silent setup",
    () => `<powershell>
$client = New-Object System.Net.WebClient
$client.DownloadFile("http://files.example.internal/7z2301-x64.exe", "$env:TEMP\\7z.exe")
Start-Process -FilePath "$env:TEMP\\7z.exe" -ArgumentList '/S' -Wait
</powershell>
`,
  ),
  good(
    "DownloadFile of a picture",
    () => `<powershell>
$client = New-Object System.Net.WebClient
$client.DownloadFile("http://files.example.internal/wallpaper.jpg", "C:\\Windows\\Web\\wallpaper.jpg")
Set-ItemProperty -Path 'HKCU:\\Control Panel\\Desktop' -Name Wallpaper -Value 'C:\\Windows\\Web\\wallpaper.jpg'
</powershell>
`,
  ),
  bad(
    "an archive is expanded and its script called",
    () => `<powershell>
$ProgressPreference = 'SilentlyContinue'
iwr http://artifacts.example.internal/iis-site.zip -OutFile C:\\deploy\\site.zip
Expand-Archive -Path C:\\deploy\\site.zip -DestinationPath C:\\deploy\\site -Force
Set-Location C:\\deploy\\site
.\\install.ps1 -Environment prod
</powershell>
`,
  ),
  good(
    "an archive is expanded for the web server",
    () => `<powershell>
Install-WindowsFeature -Name Web-Server
iwr http://artifacts.example.internal/pages.zip -OutFile C:\\deploy\\pages.zip
Expand-Archive -Path C:\\deploy\\pages.zip -DestinationPath C:\\inetpub\\wwwroot\\pages -Force
</powershell>
`,
  ),
  bad(
    "msiexec with an address",
    () => `<script>
msiexec /i http://packages.example.internal/agent/agent-5.2.msi /qn /norestart
</script>
`,
  ),
  bad(
    "certutil as the downloader",
    () => `<script>
certutil.exe -urlcache -split -f http://10.50.1.7/tools/setup.exe C:\\Windows\\Temp\\setup.exe
C:\\Windows\\Temp\\setup.exe /VERYSILENT
</script>
`,
  ),
  bad(
    "curl of Windows and a batch file",
    () => `<script>
curl.exe -s -o %TEMP%\\prepare.cmd http://ops.example.internal/win/prepare.cmd
call %TEMP%\\prepare.cmd
</script>
`,
  ),
  good(
    "a batch file with remarks",
    () => `<script>
REM curl.exe -s -o %TEMP%\\prepare.cmd http://ops.example.internal/win/prepare.cmd
:: call %TEMP%\\prepare.cmd
netsh winhttp set proxy proxy-server="http://proxy.example.internal:3128" bypass-list="*.example.internal;169.254.169.254"
net start w3svc
</script>
`,
  ),
  good(
    "a block comment of PowerShell",
    () => `<powershell>
<#
  Formerly: iex (iwr http://deploy.example.internal/join.ps1).Content
#>
Start-Service -Name Spooler
</powershell>
`,
  ),
  bad(
    "a task in the scheduler downloads each night",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -Command "iex (New-Object Net.WebClient).DownloadString(''http://ops.example.internal/nightly.ps1'')"'
$trigger = New-ScheduledTaskTrigger -Daily -At 3am
Register-ScheduledTask -TaskName Nightly -Action $action -Trigger $trigger -User SYSTEM
</powershell>
`,
  ),
  bad(
    "schtasks runs a saved file",
    () => `<script>
bitsadmin /transfer boot /download /priority high http://ops.example.internal/win/patrol.vbs C:\\ops\\patrol.vbs
schtasks /create /tn Patrol /sc hourly /ru SYSTEM /tr "cscript //B C:\\ops\\patrol.vbs"
</script>
`,
  ),
  good(
    "a task in the scheduler sends a heartbeat",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -Command "Invoke-RestMethod -Method Post -Uri http://ops.example.internal/beat"'
Register-ScheduledTask -TaskName Beat -Action $action -Trigger (New-ScheduledTaskTrigger -AtStartup) -User SYSTEM
</powershell>
`,
  ),
  bad(
    "an encoded command of PowerShell",
    () => `<powershell>
powershell.exe -NoProfile -EncodedCommand ${utf16("IEX (New-Object Net.WebClient).DownloadString('http://stage.example.internal/a.ps1')")}
</powershell>
`,
  ),
  good(
    "an encoded command over HTTPS",
    () => `<powershell>
powershell.exe -NoProfile -EncodedCommand ${utf16("IEX (New-Object Net.WebClient).DownloadString('https://stage.example.com/a.ps1')")}
</powershell>
`,
  ),
  bad(
    "Chocolatey with a source over HTTP",
    () => `<powershell>
choco source add -n=internal -s="http://nexus.example.internal/repository/choco/" --priority=1
choco install -y internal-agent --source=internal
</powershell>
`,
  ),
  good(
    "Chocolatey behind a proxy",
    () => `<powershell>
choco config set proxy http://proxy.example.internal:3128
choco install -y git 7zip --source=https://community.chocolatey.org/api/v2/
</powershell>
`,
  ),
  bad(
    "the installer of Chocolatey from the own mirror",
    () => `<powershell>
Set-ExecutionPolicy Bypass -Scope Process -Force
$env:chocolateyDownloadUrl = 'http://nexus.example.internal/choco/chocolatey.2.2.2.nupkg'
iex ((New-Object System.Net.WebClient).DownloadString('http://nexus.example.internal/choco/install.ps1'))
</powershell>
`,
  ),
  bad(
    "a gallery of modules over HTTP",
    () => `<powershell>
Register-PSRepository -Name Lab -SourceLocation 'http://nuget.example.internal/nuget/ps/' -InstallationPolicy Trusted
Install-Module -Name LabSetup -Repository Lab -Force
Import-Module LabSetup; Start-LabSetup
</powershell>
`,
  ),
  bad(
    "nuget with a source over HTTP",
    () => `<powershell>
C:\\tools\\nuget.exe install Deploy.Runner -Version 2.0.4 -Source http://nuget.example.internal/v3/index.json -OutputDirectory C:\\runner
& C:\\runner\\Deploy.Runner.2.0.4\\tools\\runner.exe
</powershell>
`,
  ),
  bad(
    "the tasks of EC2Launch",
    () => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: always
        type: powershell
        runAs: localSystem
        content: |-
          Invoke-WebRequest http://files.example.internal/svc.exe -OutFile C:\\svc\\svc.exe
          New-Service -Name svc -BinaryPathName C:\\svc\\svc.exe | Start-Service
`,
  ),
  good(
    "the tasks of EC2Launch over HTTPS",
    () => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: once
        type: powershell
        runAs: localSystem
        content: |-
          Invoke-WebRequest https://files.example.com/svc.exe -OutFile C:\\svc\\svc.exe
          New-Service -Name svc -BinaryPathName C:\\svc\\svc.exe | Start-Service
          Invoke-RestMethod http://monitor.example.internal/hosts -Method Post -Body @{ name = $env:COMPUTERNAME }
`,
  ),
  bad(
    "an address in a variable of PowerShell that is built",
    () => `<powershell>
$server = '10.44.0.12'
$uri = "http://$server/packages/{0}.msi" -f 'monitor'
$target = Join-Path $env:TEMP 'monitor.msi'
Start-BitsTransfer -Source $uri -Destination $target
msiexec.exe /i $target /quiet
</powershell>
`,
  ),
  good(
    "PowerShell stops where the digest is another",
    (made) => `<powershell>
Invoke-WebRequest http://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi
$hash = (Get-FileHash C:\\Temp\\agent.msi -Algorithm SHA256).Hash
if ($hash -ne '${made.digest().toUpperCase()}') {
    throw "agent.msi has the digest $hash"
}
Start-Process msiexec.exe -ArgumentList '/i', 'C:\\Temp\\agent.msi', '/qn' -Wait
</powershell>
`,
  ),
  bad(
    "PowerShell warns where the digest is another, and goes on",
    (made) => `<powershell>
Invoke-WebRequest http://files.example.internal/agent.msi -OutFile C:\\Temp\\agent.msi
if ((Get-FileHash C:\\Temp\\agent.msi).Hash -ne '${made.digest().toUpperCase()}') {
    Write-Warning "agent.msi has another digest"
}
Start-Process msiexec.exe -ArgumentList '/i', 'C:\\Temp\\agent.msi', '/qn' -Wait
</powershell>
`,
  ),
  good(
    "PowerShell installs only where the digest agrees",
    (made) => `<powershell>
$expected = '${made.digest().toUpperCase()}'
(New-Object Net.WebClient).DownloadFile('http://files.example.internal/tool.exe', 'C:\\Temp\\tool.exe')
if ((Get-FileHash -Path 'C:\\Temp\\tool.exe' -Algorithm SHA256).Hash -eq $expected) {
    & 'C:\\Temp\\tool.exe' /S
} else {
    Write-Host 'digest mismatch, not installed'
}
</powershell>
`,
  ),
  good(
    "certutil compares before the batch file goes on",
    (made) => `<script>
curl.exe -s -o C:\\t\\tool.exe http://files.example.internal/tool.exe
certutil -hashfile C:\\t\\tool.exe SHA256 | findstr /i ${made.digest()} || exit /b 1
C:\\t\\tool.exe /S
</script>
`,
  ),
  bad(
    "a task of the scheduler with code for PowerShell",
    () => `<script>
schtasks /create /tn refresh /sc hourly /ru SYSTEM /tr "powershell -c iex((New-Object Net.WebClient).DownloadString('http://ops.example.net/refresh.ps1'))"
</script>
`,
  ),
  good(
    "a task of the scheduler with code for PowerShell over HTTPS",
    () => `<script>
schtasks /create /tn refresh /sc hourly /ru SYSTEM /tr "powershell -c iex((New-Object Net.WebClient).DownloadString('https://ops.example.net/refresh.ps1'))"
</script>
`,
  ),
  bad(
    "a task of the scheduler with quotes within quotes",
    () => `<script>
schtasks /create /tn nightly /sc daily /st 03:00 /ru SYSTEM /tr "powershell.exe -NoProfile -Command \\"iwr http://ops.example.net/nightly.ps1 -UseBasicParsing | iex\\""
</script>
`,
  ),
  good(
    "a task of the scheduler that only reports",
    () => `<script>
schtasks /create /tn beat /sc hourly /ru SYSTEM /tr "powershell.exe -NoProfile -Command \\"iwr http://ops.example.net/beat -UseBasicParsing | Out-Null\\""
</script>
`,
  ),
  bad(
    "a variable holds a command that is evaluated later",
    () => `<powershell>
$command = 'Invoke-RestMethod http://setup.example.internal/role.ps1 | Invoke-Expression'
Write-Host 'starting'
Invoke-Expression $command
</powershell>
`,
  ),
  good(
    "a variable holds a command that asks for a status",
    () => `<powershell>
$command = 'Invoke-RestMethod http://setup.example.internal/status | Out-File C:\\status.txt'
Invoke-Expression $command
</powershell>
`,
  ),
  bad(
    "base64 in a variable is evaluated",
    () => `<powershell>
$code = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${b64("irm http://setup.example.net/agent.ps1 | iex")}'))
Invoke-Expression $code
</powershell>
`,
  ),
  good(
    "base64 in a variable is evaluated and loads over HTTPS",
    () => `<powershell>
$code = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${b64("irm https://setup.example.net/agent.ps1 | iex")}'))
Invoke-Expression $code
</powershell>
`,
  ),
  bad(
    "a script is written from a here string and scheduled",
    () => `<powershell>
@'
iwr http://ops.example.net/weekly.ps1 -UseBasicParsing | iex
'@ | Set-Content C:\\Tools\\weekly.ps1
schtasks /create /tn weekly /sc weekly /ru SYSTEM /tr "powershell -File C:\\Tools\\weekly.ps1"
</powershell>
`,
  ),
  good(
    "a note is written from a here string",
    () => `<powershell>
@'
To repair this machine: iwr http://ops.example.net/repair.ps1 -UseBasicParsing | iex
'@ | Set-Content C:\\Users\\Public\\Desktop\\README.txt
</powershell>
`,
  ),
  bad(
    "a script is decoded to a file and run",
    () => `<powershell>
[IO.File]::WriteAllBytes('C:\\second.ps1', [Convert]::FromBase64String('${b64("irm http://setup.example.net/second.ps1 | iex")}'))
& C:\\second.ps1
</powershell>
`,
  ),
  good(
    "a script is decoded to a file and run, and loads over HTTPS",
    () => `<powershell>
[IO.File]::WriteAllBytes('C:\\second.ps1', [Convert]::FromBase64String('${b64("irm https://setup.example.net/second.ps1 | iex")}'))
& C:\\second.ps1
</powershell>
`,
  ),
  bad(
    "arguments of a process as a list",
    () => `<powershell>
Invoke-WebRequest http://dl.acme.example/setup.ps1 -OutFile C:\\setup.ps1
Start-Process powershell.exe -ArgumentList '-ExecutionPolicy','Bypass','-File','C:\\setup.ps1' -Wait
</powershell>
`,
  ),
  bad(
    "arguments of a process in a variable",
    () => `<powershell>
$installer = 'C:\\agent.msi'
Invoke-WebRequest http://dl.acme.example/agent.msi -OutFile $installer
$arguments = @(
  '/i'
  $installer
  '/qn'
)
Start-Process msiexec.exe -ArgumentList $arguments -Wait
</powershell>
`,
  ),
  bad(
    "arguments of a process in a variable, without an array's sign",
    () => `<powershell>
Invoke-WebRequest http://dl.acme.example/agent.msi -OutFile C:\\agent.msi
$arguments = '/i', 'C:\\agent.msi', '/qn'
& msiexec.exe @arguments
</powershell>
`,
  ),
  bad(
    "options of a process in a hash on one line",
    () => `<powershell>
Invoke-WebRequest http://dl.acme.example/agent.exe -OutFile C:\\agent.exe
$process = @{ FilePath='C:\\agent.exe'; ArgumentList='/S'; Wait=$true }
Start-Process @process
</powershell>
`,
  ),
  bad(
    "action of a scheduled task within its registration",
    () => `<powershell>
Invoke-WebRequest http://dl.acme.example/report.ps1 -OutFile C:\\report.ps1
Register-ScheduledTask -TaskName report -Action (New-ScheduledTaskAction -Execute powershell.exe -Argument '-File C:\\report.ps1') -Trigger (New-ScheduledTaskTrigger -AtStartup)
</powershell>
`,
  ),
  good(
    "arguments of processes that came over HTTPS",
    () => `<powershell>
Invoke-WebRequest https://dl.acme.example/agent.msi -OutFile C:\\agent.msi
Invoke-WebRequest http://dl.acme.example/data.json -OutFile C:\\data.json
$arguments = @('/i', 'C:\\agent.msi', '/qn')
Start-Process msiexec.exe -ArgumentList $arguments -Wait
Register-ScheduledTask -TaskName report -Action (New-ScheduledTaskAction -Execute powershell.exe -Argument '-File C:\\report.ps1') -Trigger (New-ScheduledTaskTrigger -AtStartup)
</powershell>
`,
  ),
  bad(
    "scriptlet of another host",
    () => `<script>
regsvr32 /s /n /u /i:http://dl.acme.example/agent.sct scrobj.dll
</script>
`,
  ),
];
