import { bad, good, type Case } from "../corpus";
import { utf16 } from "../forms";

/** Windows: PowerShell and batch files. */
export const windows: readonly Case[] = [
  // Windows

  bad(
    "Invoke-RestMethod",
    () => `<powershell>
$id = Invoke-RestMethod -Uri http://169.254.169.254/latest/meta-data/instance-id
Rename-Computer -NewName $id.Substring(0, 15) -Force -Restart
</powershell>
`,
  ),
  good(
    "Invoke-RestMethod with headers",
    () => `<powershell>
[string]$token = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '21600'} -Method PUT -Uri http://169.254.169.254/latest/api/token
$id = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token' = $token} -Method GET -Uri http://169.254.169.254/latest/meta-data/instance-id
Rename-Computer -NewName $id.Substring(0, 15) -Force -Restart
</powershell>
`,
  ),
  bad(
    "the content of Invoke-WebRequest",
    () => `<powershell>
$zone = (Invoke-WebRequest -UseBasicParsing 'http://169.254.169.254/latest/meta-data/placement/availability-zone').Content
$region = $zone.Substring(0, $zone.Length - 1)
Set-DefaultAWSRegion -Region $region
</powershell>
`,
  ),
  good(
    "Invoke-WebRequest with headers in a variable",
    () => `<powershell>
$base = 'http://169.254.169.254/latest'
$token = (Invoke-WebRequest -UseBasicParsing -Method Put -Uri "$base/api/token" -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '600' }).Content
$headers = @{ 'X-aws-ec2-metadata-token' = $token }
$zone = (Invoke-WebRequest -UseBasicParsing -Uri "$base/meta-data/placement/availability-zone" -Headers $headers).Content
Set-DefaultAWSRegion -Region $zone.Substring(0, $zone.Length - 1)
</powershell>
`,
  ),
  bad(
    "short names of PowerShell",
    () => `<powershell>
'instance-id', 'local-ipv4' | ForEach-Object { "$_=$(irm 169.254.169.254/latest/meta-data/$_)" } | Out-File C:\\instance.txt
</powershell>
`,
  ),
  bad(
    "a web client of .NET",
    () => `<powershell>
$wc = New-Object System.Net.WebClient
$identity = $wc.DownloadString("http://169.254.169.254/latest/dynamic/instance-identity/document") | ConvertFrom-Json
[Environment]::SetEnvironmentVariable("AWS_REGION", $identity.region, "Machine")
</powershell>
`,
  ),
  good(
    "a web client of .NET with a token",
    () => `<powershell>
$wc = New-Object System.Net.WebClient
$wc.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')
$token = $wc.UploadString('http://169.254.169.254/latest/api/token', 'PUT', '')
$wc.Headers.Clear()
$wc.Headers.Add('X-aws-ec2-metadata-token', $token)
$identity = $wc.DownloadString('http://169.254.169.254/latest/dynamic/instance-identity/document') | ConvertFrom-Json
[Environment]::SetEnvironmentVariable('AWS_REGION', $identity.region, 'Machine')
</powershell>
`,
  ),
  bad(
    "curl of Windows in a batch file",
    () => `<script>
for /f "delims=" %%i in ('curl.exe -s http://169.254.169.254/latest/meta-data/instance-id') do set INSTANCE_ID=%%i
echo %INSTANCE_ID%> C:\\instance-id.txt
</script>
`,
  ),
  good(
    "curl of Windows with a token",
    () => `<script>
for /f "delims=" %%t in ('curl.exe -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token') do set TOKEN=%%t
for /f "delims=" %%i in ('curl.exe -s -H "X-aws-ec2-metadata-token: %TOKEN%" http://169.254.169.254/latest/meta-data/instance-id') do set INSTANCE_ID=%%i
echo %INSTANCE_ID%> C:\\instance-id.txt
</script>
`,
  ),
  bad(
    "parameters of a call in a table",
    () => `<powershell>
$request = @{
    Uri        = 'http://169.254.169.254/latest/meta-data/hostname'
    Method     = 'Get'
    TimeoutSec = 3
}
$name = Invoke-RestMethod @request
Add-Content -Path C:\\boot.log -Value "host $name"
</powershell>
`,
  ),
  good(
    "parameters of a call in a table with headers",
    () => `<powershell>
$token = Invoke-RestMethod -Method Put -Uri 'http://169.254.169.254/latest/api/token' -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = 60 }
$request = @{
    Uri        = 'http://169.254.169.254/latest/meta-data/hostname'
    Headers    = @{ 'X-aws-ec2-metadata-token' = $token }
    TimeoutSec = 3
}
$name = Invoke-RestMethod @request
Add-Content -Path C:\\boot.log -Value "host $name"
</powershell>
`,
  ),
  bad(
    "the task of EC2Launch",
    () => `version: 1.0
tasks:
  - task: executeScript
    inputs:
      - frequency: always
        type: powershell
        runAs: localSystem
        content: |-
          $tag = (New-Object Net.WebClient).DownloadString('http://169.254.169.254/latest/meta-data/tags/instance/Name')
          Set-Content -Path C:\\name.txt -Value $tag
`,
  ),
  bad(
    "a scheduled task of Windows",
    () => `<powershell>
@'
$ip = Invoke-RestMethod http://169.254.169.254/latest/meta-data/public-ipv4
Set-Content C:\\inetpub\\wwwroot\\ip.txt $ip
'@ | Set-Content C:\\ops\\ip.ps1
schtasks.exe /create /tn ip /sc onstart /ru SYSTEM /tr "powershell.exe -File C:\\ops\\ip.ps1"
</powershell>
`,
  ),
  bad(
    "an encoded command",
    () => `<powershell>
powershell.exe -EncodedCommand ${utf16("(iwr http://169.254.169.254/latest/meta-data/instance-id -UseBasicParsing).Content | Out-File C:\\id.txt")}
</powershell>
`,
  ),
  good(
    "the cmdlet of the tools",
    () => `<powershell>
$id = Get-EC2InstanceMetadata -Category InstanceId
$region = (Get-EC2InstanceMetadata -Category Region).SystemName
New-EC2Tag -Resource $id -Tag @{ Key = 'Booted'; Value = $region } -Region $region
</powershell>
`,
  ),
  good(
    "a function of PowerShell with a script-wide token",
    () => `<powershell>
function Get-Imds([string]$Path) {
    if (-not $script:Token) {
        $script:Token = Invoke-RestMethod -Method Put -Uri 'http://169.254.169.254/latest/api/token' -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '300' }
    }
    Invoke-RestMethod -Uri "http://169.254.169.254/latest/meta-data/$Path" -Headers @{ 'X-aws-ec2-metadata-token' = $script:Token }
}
Set-Content C:\\zone.txt (Get-Imds 'placement/availability-zone')
</powershell>
`,
  ),
  good(
    "a client of .NET with default headers",
    () => `<powershell>
Add-Type -AssemblyName System.Net.Http
$http = New-Object System.Net.Http.HttpClient
$ask = New-Object System.Net.Http.HttpRequestMessage 'Put', 'http://169.254.169.254/latest/api/token'
$ask.Headers.Add('X-aws-ec2-metadata-token-ttl-seconds', '60')
$token = $http.SendAsync($ask).Result.Content.ReadAsStringAsync().Result
$http.DefaultRequestHeaders.Add('X-aws-ec2-metadata-token', $token)
$http.GetStringAsync('http://169.254.169.254/latest/meta-data/mac').Result | Out-File C:\\mac.txt
</powershell>
`,
  ),
  good(
    "a comment and a route of Windows",
    () => `<powershell>
# (Invoke-WebRequest http://169.254.169.254/latest/meta-data/instance-id).Content fails with version 2
Import-Module C:\\ProgramData\\Amazon\\EC2Launch\\module\\Ec2Launch.psm1 -ErrorAction SilentlyContinue
route.exe -p ADD 169.254.169.254 MASK 255.255.255.255 10.0.0.1 METRIC 1
New-NetFirewallRule -DisplayName 'IMDS' -Direction Outbound -RemoteAddress 169.254.169.254 -Action Block -LocalUser 'D:(A;;CC;;;S-1-5-32-568)'
</powershell>
`,
  ),
  good(
    "PowerShell proves that version 1 is refused",
    () => `<powershell>
try {
    Invoke-WebRequest -UseBasicParsing -Uri http://169.254.169.254/latest/meta-data/ -TimeoutSec 3 | Out-Null
    throw 'IMDSv1 answers'
} catch [System.Net.WebException] {
    if ([int]$_.Exception.Response.StatusCode -ne 401) { throw }
    Write-Output 'IMDSv1 is refused'
}
</powershell>
`,
  ),
];
