import { b64, bad, good, type Case } from "../corpus";
import { ciphertext, crlf, utf16 } from "../forms";

/** Windows: PowerShell, batch files, unattended set-up and its tools. */
export const windows: readonly Case[] = [
  // Windows

  bad(
    "net user adds an administrator",
    (made) => `<script>
net user svc_deploy ${made.password(12)} /add /expires:never
net localgroup Administrators svc_deploy /add
</script>
`,
  ),
  good(
    "net user without a literal",
    () => `<script>
net user Guest /active:no
net user Administrator /passwordchg:no /passwordreq:yes
net user svc_deploy * /add
net user svc_deploy %SVC_PASSWORD% /add
net accounts /maxpwage:unlimited
net localgroup "Remote Desktop Users" ops /add
</script>
`,
  ),
  bad(
    "secure string from plain text",
    (made) => `<powershell>
$secure = ConvertTo-SecureString -String '${made.symbols()}' -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $secure
Rename-LocalUser -Name Administrator -NewName opsadmin
</powershell>
<persist>true</persist>
`,
  ),
  good(
    "secure strings from stores and files",
    () => `<powershell>
$secret = Get-SECSecretValue -SecretId prod/windows/admin -Region eu-west-1
$secure = ConvertTo-SecureString -String ($secret.SecretString | ConvertFrom-Json).password -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $secure
$fromFile = Get-Content C:\\ProgramData\\pw.txt | ConvertTo-SecureString -Key (Get-Content C:\\ProgramData\\aes.key)
$param = (Get-SSMParameter -Name /windows/join -WithDecryption $true).Value
$empty = New-Object System.Security.SecureString
$typed = Read-Host -Prompt 'Password' -AsSecureString
</powershell>
`,
  ),
  bad("PSCredential with a joined literal", (made) => {
    const secret = made.password(16);
    return `<powershell>
$pw = '${secret.slice(0, 7)}' + '${secret.slice(7)}'
$cred = New-Object System.Management.Automation.PSCredential('EXAMPLE\\svc_join', (ConvertTo-SecureString $pw -AsPlainText -Force))
Add-Computer -DomainName example.internal -Credential $cred -OUPath 'OU=Servers,DC=example,DC=internal' -Restart
</powershell>
`;
  }),
  good(
    "domain join with a parameter",
    () => `<powershell>
$name = (Get-SSMParameterValue -Name /ad/join-user).Parameters[0].Value
$pass = (Get-SSMParameterValue -Name /ad/join-password -WithDecryption $True).Parameters[0].Value | ConvertTo-SecureString -AsPlainText -Force
$cred = [PSCredential]::new("EXAMPLE\\$name", $pass)
Add-Computer -DomainName example.internal -Credential $cred -Restart
djoin.exe /requestODJ /loadfile C:\\join\\blob.txt /windowspath $env:SystemRoot /localos
</powershell>
`,
  ),
  bad(
    "static constructor of a credential",
    (made) => `<powershell>
$c = [System.Net.NetworkCredential]::new('relay', '${made.phrase()}')
$smtp = New-Object Net.Mail.SmtpClient('smtp.example.internal', 587)
$smtp.Credentials = $c
$smtp.Send('boot@example.com', 'ops@example.com', "$env:COMPUTERNAME is up", '')
</powershell>
`,
  ),
  good(
    "default credentials of the machine account",
    () => `<powershell>
$smtp = New-Object Net.Mail.SmtpClient('smtp.example.internal', 25)
$smtp.UseDefaultCredentials = $true
$smtp.Credentials = [System.Net.CredentialCache]::DefaultNetworkCredentials
Invoke-RestMethod https://inventory.example.internal/hosts -UseDefaultCredentials -Method Post -Body @{ name = $env:COMPUTERNAME; token = $env:INVENTORY_TOKEN }
$plain = [System.Net.NetworkCredential]::new('', $secure).Password
</powershell>
`,
  ),
  bad(
    "splatted hash table",
    (made) => `<powershell>
$params = @{
  Name                 = 'svc_backup'
  Password             = (ConvertTo-SecureString '${made.password()}' -AsPlainText -Force)
  PasswordNeverExpires = $true
  Description          = 'Backup service'
}
New-LocalUser @params
</powershell>
`,
  ),
  good(
    "splatted hash table with references",
    () => `<powershell>
$params = @{
  Name                 = 'svc_backup'
  Password             = $backupPassword
  PasswordNeverExpires = $true
  UserMayNotChangePassword = $true
  Description          = 'password is rotated by LAPS'
}
New-LocalUser @params
New-LocalUser -Name viewer -NoPassword
$dsc = @{ SecretId = 'prod/dsc'; TokenLifetime = 3600; KeyPath = 'HKLM:\\SOFTWARE\\Example' }
</powershell>
`,
  ),
  bad(
    "desired state configuration with a password in its data",
    (made) => `<powershell>
$data = @{
  AllNodes = @(
    @{ NodeName = 'localhost'; PSDscAllowPlainTextPassword = $true; ServiceAccount = 'svc_app'; ServicePassword = '${made.symbols()}' }
  )
}
AppServer -ConfigurationData $data -OutputPath C:\\dsc
Start-DscConfiguration -Path C:\\dsc -Wait -Force
</powershell>
`,
  ),
  good(
    "desired state configuration with a certificate",
    (made) => `<powershell>
$data = @{
  AllNodes = @(
    @{ NodeName = 'localhost'; CertificateFile = 'C:\\dsc\\node.cer'; Thumbprint = '${made.digest("sha1").toUpperCase()}'; PSDscAllowPlainTextPassword = $false; PSDscAllowDomainUser = $true }
  )
}
Configuration AppServer { Import-DscResource -ModuleName PSDesiredStateConfiguration
  Node localhost { User svc { UserName = 'svc_app'; Password = $Credential; PasswordNeverExpires = $true } } }
AppServer -ConfigurationData $data -Credential (Get-SECSecretCredential prod/app) -OutputPath C:\\dsc
</powershell>
`,
  ),
  bad(
    "encoded command in a batch script",
    (made) => `<script>
powershell -ep bypass -enc ${utf16(`$p = '${made.weak()}'\nSet-LocalUser Administrator -Password (ConvertTo-SecureString $p -AsPlainText -Force)`)}
</script>
`,
  ),
  good(
    "encoded command without a secret",
    () => `<script>
powershell -NoLogo -EncodedCommand ${utf16("Set-ItemProperty 'HKLM:\\SOFTWARE\\Policies\\Microsoft Services\\AdmPwd' -Name PasswordLength -Value 20; Write-Host 'Password: length set'")}
</script>
`,
  ),
  bad(
    "automatic logon in the registry",
    (made) => `<powershell>
$path = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'
Set-ItemProperty $path -Name AutoAdminLogon -Value 1
Set-ItemProperty $path -Name DefaultUserName -Value kiosk
Set-ItemProperty -Path $path -Name DefaultPassword -Value '${made.weak()}' -Type String
</powershell>
`,
  ),
  bad(
    "automatic logon with reg add",
    (made) => `<script>
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v AutoAdminLogon /t REG_SZ /d 1 /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v DefaultPassword /t REG_SZ /d "${made.password(12)}" /f
</script>
`,
  ),
  good(
    "registry values about logon without a password",
    () => `<script>
reg delete "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v DefaultPassword /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v AutoAdminLogon /t REG_SZ /d 0 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v DisablePasswordChange /t REG_DWORD /d 0 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v RequireSignOrSeal /t REG_DWORD /d 1 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest" /v UseLogonCredential /t REG_DWORD /d 0 /f
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v PasswordExpiryWarning /t REG_DWORD /d 14 /f
</script>
`,
  ),
  bad(
    "stored credential with cmdkey",
    (made) => `<script>
cmdkey /add:files.example.internal /user:EXAMPLE\\svc_files /pass:${made.password()}
</script>
`,
  ),
  bad(
    "drive mapped with a password by position",
    (made) => `<script>
net use S: \\\\files.example.internal\\software ${made.weak()} /user:EXAMPLE\\svc_files /persistent:yes
xcopy S:\\agent C:\\agent /E /I /Y
</script>
`,
  ),
  good(
    "drives and stored credentials without a password",
    () => `<script>
net use S: \\\\files.example.internal\\software /persistent:yes
net use T: \\\\files.example.internal\\tools * /user:EXAMPLE\\svc_files
cmdkey /list
cmdkey /delete:files.example.internal
runas /savecred /user:EXAMPLE\\svc_files "C:\\agent\\sync.exe"
</script>
`,
  ),
  bad(
    "service account with sc.exe",
    (made) => `<script>
sc.exe config ExampleAgent obj= "EXAMPLE\\svc_agent" password= "${made.password(18)}"
sc.exe start ExampleAgent
</script>
`,
  ),
  good(
    "service accounts that need no password",
    () => `<script>
sc.exe config ExampleAgent obj= "NT AUTHORITY\\NetworkService" password= ""
sc.exe config ExampleSync obj= "EXAMPLE\\gmsa_sync$"
sc.exe managedaccount ExampleSync true
sc.exe sidtype ExampleAgent restricted
schtasks /Create /TN Sync /TR C:\\agent\\sync.exe /SC HOURLY /RU SYSTEM /RP "" /F
</script>
`,
  ),
  bad(
    "scheduled task with a password",
    (made) => `<script>
schtasks /Create /TN "Nightly export" /TR "C:\\export\\run.cmd" /SC DAILY /ST 02:00 /RU EXAMPLE\\svc_export /RP ${made.password(14)} /F
</script>
`,
  ),
  bad(
    "scheduled task registered by PowerShell",
    (made) => `<powershell>
$action = New-ScheduledTaskAction -Execute 'C:\\export\\run.cmd'
$trigger = New-ScheduledTaskTrigger -Daily -At 2am
Register-ScheduledTask -TaskName Export -Action $action -Trigger $trigger -User 'EXAMPLE\\svc_export' -Password '${made.symbols(15)}' -RunLevel Highest
</powershell>
`,
  ),
  good(
    "scheduled task of the system account",
    () => `<powershell>
$action = New-ScheduledTaskAction -Execute powershell.exe -Argument '-NoProfile -File C:\\ops\\rotate-password.ps1 -SecretId prod/app'
$trigger = New-ScheduledTaskTrigger -AtStartup
$principal = New-ScheduledTaskPrincipal -UserId 'EXAMPLE\\gmsa_task$' -LogonType Password
Register-ScheduledTask -TaskName RotatePassword -Action $action -Trigger $trigger -Principal $principal
Register-ScheduledTask -TaskName Cleanup -Xml (Get-Content C:\\ops\\task.xml -Raw) -User SYSTEM
</powershell>
`,
  ),
  bad(
    "nssm object name",
    (made) => `<script>
nssm install Reports C:\\reports\\reports.exe
nssm set Reports ObjectName EXAMPLE\\svc_reports ${made.password()}
nssm start Reports
</script>
`,
  ),
  bad(
    "sqlcmd with -P",
    (made) => `<script>
"C:\\Program Files\\Microsoft SQL Server\\Client SDK\\ODBC\\170\\Tools\\Binn\\sqlcmd.exe" -S tcp:db.example.internal,1433 -U app -P ${made.password()} -d app -i C:\\sql\\init.sql
</script>
`,
  ),
  good(
    "sqlcmd with trusted authentication and other meanings of p",
    () => `<script>
sqlcmd -S db.example.internal -E -C -d app -i C:\\sql\\init.sql -p 1 -v TokenLifetime=3600
sqlcmd -S db.example.internal -G -U app@example.com -d app -Q "SELECT name, is_policy_checked FROM sys.sql_logins WHERE PWDCOMPARE('', password_hash) = 1"
bcp app.dbo.tokens out C:\\out\\tokens.csv -T -c -S db.example.internal
set SQLCMDPASSWORD=%DB_PASSWORD%
</script>
`,
  ),
  bad(
    "SQL Server unattended setup",
    (made) => `<powershell>
Start-Process D:\\setup.exe -Wait -ArgumentList '/Q /ACTION=Install /FEATURES=SQLENGINE /INSTANCENAME=MSSQLSERVER /SECURITYMODE=SQL /SAPWD="${made.symbols()}" /SQLSYSADMINACCOUNTS="BUILTIN\\Administrators" /IACCEPTSQLSERVERLICENSETERMS'
</powershell>
`,
  ),
  bad(
    "installer properties with a password",
    (made) => `<powershell>
msiexec.exe /i C:\\pkg\\agent.msi /qn /norestart SERVER=hub.example.internal SVC_USER=EXAMPLE\\svc_agent SVC_PASSWORD=${made.password()} ALLUSERS=1
</powershell>
`,
  ),
  good(
    "installer properties without a password",
    (made) => `<powershell>
msiexec.exe /i C:\\pkg\\agent.msi /qn /norestart ACCEPTEULA=1 PRODUCTID=${made.uuid()} ENROLLTOKENFILE=C:\\run\\token.txt AUTHTYPE=certificate ALLUSERS=1
$token = Get-Content C:\\run\\token.txt -Raw
Start-Process msiexec.exe -Wait -ArgumentList "/i C:\\pkg\\edr.msi /qn TOKEN=$token TAGS=web"
Get-Package -ProviderName msi | Where-Object { $_.FastPackageReference -eq '{${made.uuid().toUpperCase()}}' }
</powershell>
`,
  ),
  bad(
    "batch variable with quotes around the assignment",
    (made) => `<script>
set "REPO_URL=https://repo.example.internal/win"
set "REPO_TOKEN=${made.token(40)}"
curl.exe -H "Authorization: token %REPO_TOKEN%" -o C:\\agent.zip %REPO_URL%/agent.zip
</script>
`,
  ),
  good(
    "batch variables filled at boot",
    () => `<script>
for /f "usebackq delims=" %%P in (\`aws ssm get-parameter --name /win/pass --with-decryption --query Parameter.Value --output text\`) do set "SVC_PASSWORD=%%P"
set /p DB_PASSWORD=<C:\\run\\db.txt
set TOKEN=%SVC_PASSWORD%
set PASSWORD=
set "PASSWORD_FILE=C:\\run\\db.txt"
if not defined API_KEY echo API_KEY is not set
setx SECRET_NAME prod/app /M
</script>
`,
  ),
  bad(
    "machine environment variable set by .NET",
    (made) => `<powershell>
[System.Environment]::SetEnvironmentVariable('ARTIFACT_API_KEY', '${made.token(48)}', [System.EnvironmentVariableTarget]::Machine)
Restart-Service ExampleAgent
</powershell>
`,
  ),
  bad(
    "setx of a token for all users",
    (made) => `<script>
setx /M NUGET_API_KEY oy2${made.token(43, "abcdefghijklmnopqrstuvwxyz0123456789")}
</script>
`,
  ),
  good(
    "environment variables that are names and places",
    (made) => `<powershell>
[Environment]::SetEnvironmentVariable('SECRET_ID', 'prod/web/app', 'Machine')
[Environment]::SetEnvironmentVariable('TOKEN_PATH', 'C:\\ProgramData\\token', 'Machine')
[Environment]::SetEnvironmentVariable('AZURE_CLIENT_ID', '${made.uuid()}', 'Machine')
[Environment]::SetEnvironmentVariable('API_KEY', $null, 'Machine')
$env:DB_PASSWORD = (Get-SSMParameter -Name /web/db -WithDecryption $true).Value
$env:PSModulePath += ';C:\\modules'
</powershell>
`,
  ),
  bad(
    "unattend file with an autologon password in plain text",
    (made) => `<powershell>
$xml = @"
<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">
  <AutoLogon>
    <Enabled>true</Enabled>
    <LogonCount>1</LogonCount>
    <Username>Administrator</Username>
    <Password>
      <PlainText>true</PlainText>
      <Value>${made.password(12)}</Value>
    </Password>
  </AutoLogon>
</component>
"@
$xml | Out-File C:\\Windows\\Panther\\autologon.xml -Encoding utf8
</powershell>
`,
  ),
  good(
    "unattend file with empty and generated passwords",
    () => `<powershell>
@'
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <settings pass="oobeSystem"><component name="Microsoft-Windows-Shell-Setup">
    <UserAccounts><AdministratorPassword><Value></Value><PlainText>true</PlainText></AdministratorPassword></UserAccounts>
    <OOBE><HideEULAPage>true</HideEULAPage><ProtectYourPC>1</ProtectYourPC></OOBE>
  </component></settings>
  <settings pass="specialize"><component name="Microsoft-Windows-UnattendedJoin"><Identification><JoinWorkgroup>WORKGROUP</JoinWorkgroup></Identification></component></settings>
</unattend>
'@ | Set-Content C:\\Windows\\Panther\\unattend.xml
</powershell>
`,
  ),
  bad(
    "connection string in web.config",
    (made) => `<powershell>
$config = 'C:\\inetpub\\shop\\web.config'
[xml]$doc = Get-Content $config
$node = $doc.configuration.connectionStrings.add | Where-Object name -eq 'Shop'
$node.connectionString = 'Server=tcp:db.example.internal,1433;Database=Shop;User ID=shop;Password=${made.password()};Encrypt=True;TrustServerCertificate=False;'
$doc.Save($config)
</powershell>
`,
  ),
  good(
    "connection strings with integrated security",
    () => `<powershell>
@'
<configuration>
  <connectionStrings>
    <add name="Shop" connectionString="Server=db.example.internal;Database=Shop;Integrated Security=SSPI;Encrypt=True" providerName="System.Data.SqlClient" />
    <add name="Log" connectionString="Server=db.example.internal;Database=Log;Authentication=Active Directory Managed Identity;Persist Security Info=False" />
    <add name="Cache" connectionString="Data Source=C:\\data\\cache.db;Password=;Cache=Shared" />
  </connectionStrings>
  <appSettings><add key="PasswordResetUrl" value="https://sso.example.internal/reset" /><add key="TokenLifetime" value="900" /></appSettings>
</configuration>
'@ | Set-Content C:\\inetpub\\shop\\web.config
</powershell>
`,
  ),
  bad(
    "application setting as an XML attribute",
    (made) => `<powershell>
Set-Content C:\\inetpub\\api\\app.config @'
<configuration>
  <appSettings>
    <add key="Environment" value="Production" />
    <add key="PaymentApiKey" value="${made.token(40)}" />
  </appSettings>
</configuration>
'@
</powershell>
`,
  ),
  bad(
    "application settings with a nested key of a JWT",
    (made) => `<powershell>
$json = '{ "Jwt": { "Issuer": "https://api.example.internal", "Key": "${made.token(48)}", "ExpiryMinutes": 15 }, "AllowedHosts": "*" }'
[IO.File]::WriteAllText('C:\\inetpub\\api\\appsettings.Production.json', $json)
</powershell>
`,
  ),
  good(
    "application settings that bind to a vault",
    (made) => `<powershell>
@"
{
  "Jwt": { "Authority": "https://sso.example.internal", "Audience": "${made.uuid()}", "KeyId": "${made.digest().slice(0, 32)}" },
  "ConnectionStrings": { "Db": "Host=db.example.internal;Username=app;Ssl Mode=VerifyFull;Passfile=C:\\\\run\\\\pgpass" },
  "KeyVault": { "Name": "example-kv", "SecretPrefix": "api--" },
  "Identity": { "Password": { "RequiredLength": 14, "RequireDigit": true }, "Tokens": { "AuthenticatorIssuer": "api" } },
  "Smtp": { "User": "relay", "Pass": null }
}
"@ | Out-File -Encoding utf8 C:\\inetpub\\api\\appsettings.Production.json
</powershell>
`,
  ),
  bad(
    "EC2Launch task with an administrator password",
    (made) => `version: 1.1
tasks:
  - task: setAdminAccount
    inputs:
      name: Administrator
      password:
        type: static
        data: ${made.password(16)}
  - task: setHostName
    inputs:
      hostName: web-1
`,
  ),
  good(
    "EC2Launch tasks with a random password and a script",
    () => `version: 1.1
tasks:
  - task: setAdminAccount
    inputs:
      name: Administrator
      password:
        type: random
  - task: executeScript
    inputs:
      - frequency: once
        type: powershell
        runAs: admin
        content: |-
          $pw = (Get-SSMParameter -Name /web/svc -WithDecryption $true).Value
          Set-LocalUser -Name svc -Password (ConvertTo-SecureString $pw -AsPlainText -Force)
`,
  ),
  bad(
    "EC2Launch script with a domain join",
    (made) => `version: 1.1
tasks:
  - task: executeScript
    inputs:
      - frequency: once
        type: batch
        runAs: localSystem
        content: |-
          netdom join %COMPUTERNAME% /domain:example.internal /userd:EXAMPLE\\svc_join /passwordd:${made.password()} /reboot:10
`,
  ),
  bad(
    "new forest with a recovery password",
    (made) => `<powershell>
Install-WindowsFeature AD-Domain-Services -IncludeManagementTools
$pw = ConvertTo-SecureString "${made.phrase()}" -AsPlainText -Force
Install-ADDSForest -DomainName example.internal -SafeModeAdministratorPassword $pw -InstallDns -Force
</powershell>
`,
  ),
  bad(
    "IIS application pool identity with appcmd",
    (made) => `<script>
%windir%\\system32\\inetsrv\\appcmd.exe set apppool /apppool.name:Shop /processModel.identityType:SpecificUser /processModel.userName:EXAMPLE\\svc_shop /processModel.password:${made.password()}
</script>
`,
  ),
  good(
    "IIS application pool with a built-in identity",
    (made) => `<powershell>
Import-Module WebAdministration
Set-ItemProperty IIS:\\AppPools\\Shop -Name processModel.identityType -Value ApplicationPoolIdentity
Set-ItemProperty IIS:\\AppPools\\Shop -Name processModel.password -Value ''
Set-WebConfigurationProperty -Filter /system.webServer/security/authentication/basicAuthentication -Name enabled -Value $false -PSPath IIS:\\
(Get-WebBinding -Name Shop -Protocol https).AddSslCertificate('${made.digest("sha1").toUpperCase()}', 'My')
netsh http add sslcert ipport=0.0.0.0:443 certhash=${made.digest("sha1")} appid={${made.uuid()}}
</powershell>
`,
  ),
  bad(
    "certificate imported with certutil",
    (made) => `<script>
aws s3 cp s3://example-certs/site.pfx C:\\site.pfx
certutil -f -p ${made.weak()} -importpfx C:\\site.pfx NoExport
</script>
`,
  ),
  bad(
    "Import-PfxCertificate through a variable of another name",
    (made) => `<powershell>
$x = "${made.password(10)}"
$ss = $x | ConvertTo-SecureString -AsPlainText -Force
Import-PfxCertificate -FilePath C:\\certs\\site.pfx -CertStoreLocation Cert:\\LocalMachine\\My -Password $ss
</powershell>
`,
  ),
  bad(
    "keytab made with ktpass",
    (made) => `<script>
ktpass -out C:\\keytabs\\web.keytab -princ HTTP/web.example.internal@EXAMPLE.INTERNAL -mapUser svc_web -pass ${made.password()} -crypto AES256-SHA1 -ptype KRB5_NT_PRINCIPAL
</script>
`,
  ),
  bad(
    "AWS keys in the PowerShell store",
    (made) => `<powershell>
Import-Module AWSPowerShell
Set-AWSCredential -AccessKey ${made.awsKeyId()} -SecretKey ${made.awsSecret()} -StoreAs default
Initialize-AWSDefaultConfiguration -ProfileName default -Region eu-west-1
</powershell>
`,
  ),
  good(
    "AWS PowerShell with roles",
    (made) => `<powershell>
Set-AWSCredential -StoreAs default -RoleArn arn:aws:iam::${made.account()}:role/web -SourceProfile base
$creds = (Use-STSRole -RoleArn arn:aws:iam::${made.account()}:role/deploy -RoleSessionName boot).Credentials
Set-AWSCredential -AccessKey $creds.AccessKeyId -SecretKey $creds.SecretAccessKey -SessionToken $creds.SessionToken
Read-S3Object -BucketName example-win -Key agent/agent.msi -File C:\\agent.msi
Get-AWSCredential -ListProfileDetail; Clear-AWSCredential
</powershell>
`,
  ),
  bad(
    "chocolatey source with a password",
    (made) => `<powershell>
choco source add -n=internal -s="https://nexus.example.internal/repository/choco/" -u=reader -p="${made.password(14)}" --priority=1
choco install -y agent --source=internal
</powershell>
`,
  ),
  good(
    "chocolatey with package parameters and features",
    (made) => `<powershell>
choco feature enable -n=useRememberedArgumentsForUpgrades
choco install -y keepass password-safe tokei --params '"/InstallDir:C:\\tools /NoDesktopShortcut"'
choco install -y sql-server-express -ia "/SECURITYMODE=SQL /SAPWD=$env:SA_PASSWORD"
choco source add -n=internal -s="https://nexus.example.internal/repository/choco/" -u="$user" -p="$pass"
choco download agent --checksum ${made.digest()} --checksum-type sha256
</powershell>
`,
  ),
  bad(
    "JSON body built from a hash table",
    (made) => `<powershell>
$body = @{ grant_type = 'client_credentials'; client_id = '${made.uuid()}'; client_secret = '${made.symbols(40)}'; scope = 'api' }
$token = (Invoke-RestMethod https://sso.example.internal/token -Method Post -Body $body).access_token
Invoke-RestMethod https://api.example.internal/config -Headers @{ Authorization = "Bearer $token" } -OutFile C:\\app\\config.json
</powershell>
`,
  ),
  good(
    "headers and bodies from variables",
    () => `<powershell>
$headers = @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '21600' }
$token = Invoke-RestMethod -Headers $headers -Method Put -Uri http://169.254.169.254/latest/api/token
$id = Invoke-RestMethod -Headers @{ 'X-aws-ec2-metadata-token' = $token } -Uri http://169.254.169.254/latest/meta-data/instance-id
$body = @{ instance = $id; client_secret = (Get-Content C:\\run\\client -Raw).Trim(); grant_type = 'client_credentials'; username = "$env:COMPUTERNAME$"; password = [Guid]::NewGuid().ToString() }
Invoke-RestMethod https://api.example.internal/register -Method Post -Body ($body | ConvertTo-Json) -Headers @{ Authorization = "Bearer $($env:API_TOKEN)" }
</powershell>
`,
  ),
  bad(
    "password decoded by .NET",
    (made) => `<powershell>
$pw = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${b64(made.phrase())}'))
net user Administrator $pw
</powershell>
`,
  ),
  good(
    "scripts decoded by .NET",
    () => `<powershell>
[IO.File]::WriteAllBytes('C:\\ops\\boot.ps1', [Convert]::FromBase64String('${b64("$p = Get-SECSecretValue -SecretId prod/web\nSet-Content C:\\run\\web.json $p.SecretString\n")}'))
Add-Type -AssemblyName System.Web
$generated = [System.Web.Security.Membership]::GeneratePassword(24, 6)
net user svc_app $generated /add
</powershell>
`,
  ),
  bad("script in UTF-16 with a byte order mark", (made) =>
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        `<powershell>\r\n$cred = Get-Credential svc\r\n$dbPassword = "${made.password()}"\r\nC:\\ops\\setup.ps1 -Db $dbPassword\r\n</powershell>\r\n`,
        "utf16le",
      ),
    ]).toString("base64"),
  ),
  good("script in UTF-16 that fetches its secret", () =>
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        "<powershell>\r\n$dbPassword = (Get-SECSecretValue -SecretId prod/db).SecretString\r\nC:\\ops\\setup.ps1 -Db $dbPassword\r\n</powershell>\r\n",
        "utf16le",
      ),
    ]).toString("base64"),
  ),
  bad(
    "PowerShell parameter with a default value",
    (made) => `<powershell>
function Set-Vnc {
  param(
    [int]$Port = 5900,
    [string]$VncPassword = '${made.weak()}'
  )
  Set-ItemProperty HKLM:\\SOFTWARE\\TightVNC\\Server -Name RfbPort -Value $Port
  & 'C:\\Program Files\\TightVNC\\tvnserver.exe' -controlservice -setpassword $VncPassword
}
Set-Vnc
</powershell>
`,
  ),
  good(
    "PowerShell parameters with types and no defaults",
    () => `<powershell>
function Set-AppService {
  param(
    [Parameter(Mandatory)][securestring]$Password,
    [string]$SecretId = 'prod/app/svc',
    [string]$TokenType = 'Bearer',
    [ValidateSet('Basic', 'Bearer')][string]$AuthScheme = 'Basic',
    [PSCredential]$Credential = [PSCredential]::Empty
  )
  Write-Verbose "Password for $SecretId has $($Password.Length) characters"
}
Set-AppService -Password (Get-SECSecretValue prod/app/svc).SecretString
</powershell>
`,
  ),
  bad(
    "commented PowerShell line with a password",
    (made) => `<powershell>
# $cred = New-Object PSCredential('svc', (ConvertTo-SecureString '${made.password()}' -AsPlainText -Force))
$cred = Get-SecretCredential -SecretId prod/svc
Start-Process C:\\app\\app.exe -Credential $cred
</powershell>
`,
  ),
  bad("Octopus tentacle in a Windows script with carriage returns", (made) =>
    crlf(`<powershell>
& "C:\\Program Files\\Octopus Deploy\\Tentacle\\Tentacle.exe" register-with --instance "Tentacle" --server "https://octopus.example.internal" \`
  --apiKey="API-${made.token(26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}" --role "web" --environment "Production" --comms-style TentacleActive --console
</powershell>
`),
  ),
  bad(
    "EC2Launch settings with a chosen password",
    (made) => `<powershell>
$config = 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Config\\LaunchConfig.json'
@'
{ "setComputerName": false, "setWallpaper": true, "adminPasswordType": "Specify", "adminPassword": "${made.symbols(14)}" }
'@ | Set-Content $config
C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Scripts\\InitializeInstance.ps1 -Schedule
</powershell>
`,
  ),
  good(
    "EC2Launch settings with a random password",
    () => `<powershell>
$config = 'C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Config\\LaunchConfig.json'
@'
{ "setComputerName": false, "setWallpaper": true, "adminPasswordType": "Random", "adminPassword": "", "handleUserData": true }
'@ | Set-Content $config
C:\\ProgramData\\Amazon\\EC2-Windows\\Launch\\Scripts\\InitializeInstance.ps1 -Schedule
</powershell>
`,
  ),
  good(
    "LAPS commands",
    () => `<powershell>
Update-LapsADSchema -Confirm:$false
Set-LapsADComputerSelfPermission -Identity 'OU=Servers,DC=example,DC=internal'
Reset-LapsPassword
Set-LapsADPasswordExpirationTime -Identity $env:COMPUTERNAME
New-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\LAPS' -Name PasswordAgeDays -Value 30 -Force
Get-LocalUser | Where-Object { $_.PasswordLastSet -lt (Get-Date).AddDays(-90) } | Disable-LocalUser
</powershell>
`,
  ),
  good(
    "security template with a password policy",
    () => `<powershell>
@'
[Unicode]
Unicode=yes
[System Access]
MinimumPasswordLength = 14
PasswordComplexity = 1
ClearTextPassword = 0
NewAdministratorName = "opsadmin"
[Registry Values]
MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\LimitBlankPasswordUse=4,1
'@ | Set-Content C:\\ops\\policy.inf
secedit /configure /db C:\\ops\\policy.sdb /cfg C:\\ops\\policy.inf /areas SECURITYPOLICY
</powershell>
`,
  ),
  good(
    "comment-based help of a function with a password",
    () => `<powershell>
<#
.SYNOPSIS
  Joins the domain.
.PARAMETER Password
  Password of the join account. Taken from Secrets Manager when it is not given.
.EXAMPLE
  Join-Domain -User svc_join -Password $pw
#>
function Join-Domain([string]$User, [securestring]$Password) {
  if (-not $Password) { throw 'Password: missing' }
  Add-Computer -DomainName example.internal -Credential ([pscredential]::new($User, $Password))
}
$cred = Import-Clixml C:\\ops\\join.xml
Join-Domain $cred.UserName $cred.Password
</powershell>
`,
  ),
  good(
    "PowerShell that masks and checks",
    () => `<powershell>
$line = Get-Content C:\\app\\app.config -Raw
$line -replace 'Password=[^;"]*', 'Password=***' | Set-Content C:\\logs\\app.config
if ($line -match 'pwd=(?<value>[^;]+)') { Write-Warning "app.config holds a password of $($Matches.value.Length) characters" }
Select-String -Path C:\\app\\*.config -Pattern 'secret|token|apikey' -List | Select-Object Path
$cs = "Server=db.example.internal;User Id=app;Password=$pw;Encrypt=True"
$builder = [System.Data.SqlClient.SqlConnectionStringBuilder]::new(); $builder['Password'] = $env:DB_PASSWORD
</powershell>
`,
  ),
  good(
    "secure string protected by the machine",
    (made) => `<powershell>
# made on this image with ConvertFrom-SecureString, only this account on this image can read it
$enc = '01000000d08c9ddf0115d1118c7a00c04fc297eb01000000${made.digest("sha512")}${made.digest("sha512")}'
$secure = ConvertTo-SecureString $enc
$cred = New-Object PSCredential 'svc_app', $secure
</powershell>
`,
  ),
  bad(
    "secure string beside its key",
    (made) => `<powershell>
[byte[]]$key = ([Text.Encoding]::UTF8.GetBytes('${made.token(32)}'))
$secure = ConvertTo-SecureString '76492d1116743f0423413b16050a5345MgB8${ciphertext(made, 2).replaceAll("=", "")}' -Key $key
Set-LocalUser -Name Administrator -Password $secure
</powershell>
`,
  ),
  good(
    "remote management without basic authentication",
    (made) => `<powershell>
winrm set winrm/config/service/auth '@{Basic="false";Kerberos="true";Certificate="true"}'
winrm set winrm/config/service '@{AllowUnencrypted="false"}'
New-Item WSMan:\\localhost\\Listener -Transport HTTPS -Address * -CertificateThumbPrint ${made.digest("sha1").toUpperCase()} -Force
winrm set winrm/config/winrs '@{MaxMemoryPerShellMB="1024"}'
</powershell>
`,
  ),
  good(
    "machine key that the server makes",
    () => `<powershell>
$cfg = 'C:\\inetpub\\portal\\web.config'
(Get-Content $cfg) -replace '<system.web>', '<system.web><machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate,IsolateApps" validation="HMACSHA256" decryption="AES"/><authentication mode="Windows"/>' | Set-Content $cfg
</powershell>
`,
  ),
  good(
    "batch file about keys, tokens and passes",
    () => `<script>
@echo off
set PASS=0
set FAIL=0
for /f "tokens=1,2 delims==" %%a in (C:\\ops\\tests.txt) do (call :run %%a && set /a PASS+=1 || set /a FAIL+=1)
echo PASS=%PASS% FAIL=%FAIL%
reg query "HKLM\\SOFTWARE\\Example" /v InstallKey
cscript //nologo C:\\Windows\\System32\\slmgr.vbs /skms kms.example.internal:1688
bcdedit /set {current} testsigning off
</script>
`,
  ),
  bad(
    "RDP credential in a generic store",
    (made) => `<script>
cmdkey /generic:TERMSRV/jump.example.internal /user:EXAMPLE\\ops /pass:"${made.symbols(12).replaceAll("%", "-")}"
start mstsc /v:jump.example.internal
</script>
`,
  ),
  bad(
    "ADSI sets the password of the administrator",
    (made) => `<powershell>
$admin = [ADSI]"WinNT://./Administrator,user"
$admin.SetPassword("${made.symbols(16)}")
$admin.SetInfo()
Rename-Computer -NewName "APP-01" -Force
</powershell>
`,
  ),
  bad(
    "netdom joins with a doubled d",
    (made) => `<script>
netdom join %COMPUTERNAME% /domain:corp.example.internal /ou:OU=Servers,DC=corp,DC=example,DC=internal /userd:CORP\\joiner /passwordd:${made.password(14)} /reboot:10
</script>
`,
  ),
  bad(
    "plink runs a command with a password",
    (made) => `<script>
cd /d C:\\tools
plink.exe -batch -ssh -P 22 -l backup -pw ${made.password(12)} 10.20.0.5 "uptime" > C:\\logs\\uptime.txt
</script>
`,
  ),
  bad(
    "WinSCP opens a session address",
    (made) => `<powershell>
$script = @'
option batch abort
open sftp://upload:${made.password(13)}@files.example.com/ -hostkey=*
put C:\\export\\*.csv /in/
exit
'@
$script | Set-Content C:\\export\\up.txt
& 'C:\\Program Files (x86)\\WinSCP\\WinSCP.com' /ini=nul /script=C:\\export\\up.txt
</powershell>
`,
  ),
  bad(
    "directory user added by dsadd",
    (made) => `<script>
dsadd user "CN=svc-scan,OU=Service,DC=corp,DC=example,DC=internal" -samid svc-scan -pwd ${made.password(14)} -mustchpwd no -pwdneverexpires yes -disabled no
</script>
`,
  ),
  bad(
    "credential of a web client with three arguments",
    (made) => `<powershell>
$wc = New-Object System.Net.WebClient
$wc.Credentials = New-Object System.Net.NetworkCredential("svc-web", "${made.symbols(14)}", "CORP")
$wc.DownloadFile("https://files.example.internal/agent.msi", "C:\\temp\\agent.msi")
Start-Process msiexec.exe -ArgumentList '/i C:\\temp\\agent.msi /qn' -Wait
</powershell>
`,
  ),
  bad(
    "VPN connection with a pre-shared key",
    (made) => `<powershell>
Add-VpnConnection -Name 'HQ' -ServerAddress 'vpn.example.com' -TunnelType L2tp -L2tpPsk '${made.password(20)}' -AuthenticationMethod MSChapv2 -AllUserConnection -Force
</powershell>
`,
  ),
  bad(
    "automatic logon program by position",
    (made) => `<powershell>
Invoke-WebRequest https://live.sysinternals.com/Autologon.exe -OutFile C:\\Windows\\Autologon.exe
Start-Process C:\\Windows\\Autologon.exe -ArgumentList '/accepteula', 'kiosk', 'SHOP-PC', '${made.password(12)}' -Wait
Restart-Computer
</powershell>
<persist>false</persist>
`,
  ),
  bad(
    "query of SQL Server over continued lines",
    (made) => `<powershell>
Install-Module SqlServer -Force
Invoke-Sqlcmd -ServerInstance 'sql01.example.internal' \`
  -Database 'shop' \`
  -Username 'sa' \`
  -Password '${made.symbols(16)}' \`
  -InputFile C:\\deploy\\schema.sql
</powershell>
`,
  ),
  bad(
    "code signing with a slash and a letter",
    (made) => `<script>
"C:\\Program Files (x86)\\Windows Kits\\10\\bin\\x64\\signtool.exe" sign /fd SHA256 /f C:\\certs\\build.pfx /p ${made.weak()} /tr http://timestamp.example.com /td SHA256 C:\\out\\setup.exe
</script>
`,
  ),
  good(
    "ADSI with a generated password",
    () => `<powershell>
Add-Type -AssemblyName System.Web
$new = [System.Web.Security.Membership]::GeneratePassword(24, 4)
$admin = [ADSI]"WinNT://./Administrator,user"
$admin.SetPassword($new)
$admin.PasswordExpired = 0
$admin.UserFlags = 65536
$admin.SetInfo()
Write-SSMParameter -Name "/win/$env:COMPUTERNAME/admin" -Type SecureString -Value $new -Overwrite $true
</powershell>
`,
  ),
  good(
    "netdom and dsadd that ask with a star",
    () => `<script>
netdom join %COMPUTERNAME% /domain:corp.example.internal /userd:CORP\\joiner /passwordd:*
netdom resetpwd /server:dc01 /userd:CORP\\joiner /passwordd:%JOIN_PW%
dsadd user "CN=svc-scan,OU=Service,DC=corp,DC=example,DC=internal" -samid svc-scan -pwd * -mustchpwd yes -pwdneverexpires no
dsquery user -stalepwd 90 -limit 0
</script>
`,
  ),
  good(
    "plink and WinSCP with keys and host keys",
    (made) => `<powershell>
& C:\\tools\\plink.exe -batch -ssh -P 22 -l backup -pwfile C:\\secure\\backup.txt -hostkey "SHA256:${Buffer.from(made.digest(), "hex").toString("base64").replace("=", "")}" 10.20.0.5 uptime
& 'C:\\Program Files (x86)\\WinSCP\\WinSCP.com' /ini=nul /command "open sftp://upload@files.example.com/ -privatekey=C:\\secure\\upload.ppk -hostkey=""ssh-ed25519 255 ${Buffer.from(made.digest(), "hex").toString("base64").replace("=", "")}""" "put C:\\export\\*.csv /in/" "exit"
</powershell>
`,
  ),
  good(
    "credential of a web client from a secret",
    () => `<powershell>
$s = (Get-SECSecretValue -SecretId 'win/web').SecretString | ConvertFrom-Json
$wc = New-Object System.Net.WebClient
$wc.Credentials = New-Object System.Net.NetworkCredential($s.username, $s.password, "CORP")
$wc.UseDefaultCredentials = $false
$wc.DownloadFile("https://files.example.internal/agent.msi", "C:\\temp\\agent.msi")
</powershell>
`,
  ),
  good(
    "VPN connections with certificates",
    () => `<powershell>
Add-VpnConnection -Name 'HQ' -ServerAddress 'vpn.example.com' -TunnelType Ikev2 -AuthenticationMethod MachineCertificate -AllUserConnection -RememberCredential:$false
Set-VpnConnectionIPsecConfiguration -ConnectionName 'HQ' -AuthenticationTransformConstants SHA256128 -CipherTransformConstants AES256 -DHGroup ECP384 -PfsGroup ECP384 -IntegrityCheckMethod SHA384 -EncryptionMethod AES256 -Force
Add-VpnConnection -Name 'Old' -ServerAddress 'old.example.com' -TunnelType L2tp -L2tpPsk $env:L2TP_PSK -Force
</powershell>
`,
  ),
  good(
    "scripting variables of sqlcmd",
    () => `<powershell>
@'
CREATE LOGIN [CORP\\svc-shop] FROM WINDOWS;
ALTER LOGIN sa DISABLE;
CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'$(MasterKeyPassword)';
CREATE LOGIN shop WITH PASSWORD = N'$(ShopPassword)', CHECK_POLICY = ON, CHECK_EXPIRATION = OFF;
'@ | Set-Content C:\\deploy\\logins.sql
$env:MasterKeyPassword = (Get-SECSecretValue -SecretId sql/master).SecretString
$env:ShopPassword = (Get-SECSecretValue -SecretId sql/shop).SecretString
Invoke-Sqlcmd -ServerInstance . -InputFile C:\\deploy\\logins.sql -Variable "MasterKeyPassword=$env:MasterKeyPassword","ShopPassword=$env:ShopPassword"
</powershell>
`,
  ),
  good(
    "code signing and bindings by thumbprint",
    (made) => `<script>
signtool.exe sign /fd SHA256 /sha1 ${made.digest("sha1")} /tr http://timestamp.example.com /td SHA256 C:\\out\\setup.exe
netsh http add sslcert ipport=0.0.0.0:443 certhash=${made.digest("sha1")} appid={${made.uuid()}} certstorename=MY
signtool.exe sign /fd SHA256 /f C:\\certs\\build.pfx /p %PFX_PASSWORD% C:\\out\\tool.exe
powercfg /setactive ${made.uuid()}
</script>
`,
  ),
  bad(
    "remote command with psexec",
    (made) => `<powershell>
& C:\\tools\\PsExec64.exe -accepteula \\\\files-2 -u CORP\\svc_ops -p ${made.weak()} cmd /c "gpupdate /force"
</powershell>
`,
  ),
  bad(
    "database published with sqlpackage",
    (made) => `<powershell>
$dac = 'C:\\deploy\\shop.dacpac'
SqlPackage.exe /Action:Publish /SourceFile:$dac /TargetServerName:sql.example.internal /TargetDatabaseName:shop /TargetUser:deploy /TargetPassword:${made.password()}
</powershell>
`,
  ),
  good(
    "database published with an access token",
    () => `<powershell>
$token = (Get-SECSecretValue -SecretId prod/sql/token).SecretString
SqlPackage.exe /Action:Publish /SourceFile:C:\\deploy\\shop.dacpac /TargetServerName:sql.example.internal /TargetDatabaseName:shop /AccessToken:$token
</powershell>
`,
  ),
  bad(
    "drive mapped with a password parameter",
    (made) => `<powershell>
New-SmbMapping -LocalPath 'S:' -RemotePath '\\\\files.example.internal\\share' -UserName 'CORP\\svc_files' -Password '${made.symbols()}' -Persistent $true
Copy-Item S:\\packages\\* C:\\packages -Recurse
</powershell>
`,
  ),
  bad(
    "package pushed with a short option for the key",
    (made) => `<powershell>
Set-Location C:\\build
dotnet pack -c Release
dotnet nuget push .\\out\\*.nupkg -s https://nuget.example.internal/v3/index.json -k oy2${made.token(43, "abcdefghijklmnopqrstuvwxyz234567")}
</powershell>
`,
  ),
  bad(
    "directory user made from a piped string",
    (made) => `<powershell>
Import-Module ActiveDirectory
$secure = '${made.symbols()}' | ConvertTo-SecureString -AsPlainText -Force
New-ADUser -Name svc_print -SamAccountName svc_print -AccountPassword $secure -Enabled $true
</powershell>
`,
  ),
  bad(
    "virtual directory on a share",
    (made) => `<script>
%windir%\\system32\\inetsrv\\appcmd.exe set vdir "Default Web Site/media" /physicalPath:"\\\\files.example.internal\\media" /userName:"CORP\\svc_web" /password:"${made.password()}"
iisreset /noforce
</script>
`,
  ),
  bad(
    "integration package decrypted on a run",
    (made) => `<script>
dtexec /FILE "C:\\etl\\load.dtsx" /DECRYPT ${made.password()} /CHECKPOINTING OFF
</script>
`,
  ),
  good(
    "managed service account of a directory",
    () => `<powershell>
Install-WindowsFeature RSAT-AD-PowerShell
Install-ADServiceAccount -Identity gmsa_web
Set-ItemProperty IIS:\\AppPools\\web -Name processModel -Value @{ identityType = 'SpecificUser'; userName = 'CORP\\gmsa_web$'; password = '' }
Test-ADServiceAccount gmsa_web
</powershell>
`,
  ),
  good(
    "registry values about passwords and tokens",
    () => `<script>
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System" /v LocalAccountTokenFilterPolicy /t REG_DWORD /d 0 /f
reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services" /v DisablePasswordSaving /t REG_DWORD /d 1 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters" /v MaximumPasswordAge /t REG_DWORD /d 30 /f
reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest" /v UseLogonCredential /t REG_DWORD /d 0 /f
</script>
`,
  ),
  good(
    "administrator with characters at random",
    () => `<powershell>
$chars = 33..126 | Get-Random -Count 24 | ForEach-Object { [char]$_ }
$pw = ConvertTo-SecureString (-join $chars) -AsPlainText -Force
Set-LocalUser -Name Administrator -Password $pw -PasswordNeverExpires $true
Rename-LocalUser -Name Administrator -NewName localadm
</powershell>
`,
  ),
  good(
    "installer compared with its hash",
    (made) => `<powershell>
$expected = '${made.digest().toUpperCase()}'
Invoke-WebRequest https://downloads.example.com/agent.msi -OutFile C:\\agent.msi
if ((Get-FileHash C:\\agent.msi -Algorithm SHA256).Hash -ne $expected) { throw 'agent.msi: wrong hash' }
Start-Process msiexec.exe -Wait -ArgumentList '/i C:\\agent.msi /qn PRODUCTCODE={${made.uuid().toUpperCase()}}'
slmgr /skms kms.example.internal:1688
</powershell>
`,
  ),
  // What a statement, a command line or a batch file takes
  bad(
    "variable that a statement of SQL takes as a password",
    (made) => `<powershell>
$sa = '${made.password()}'
Invoke-Sqlcmd -Query "ALTER LOGIN sa WITH PASSWORD = '$sa'; ALTER LOGIN sa ENABLE;"
</powershell>
`,
  ),
  good(
    "random value that a statement of SQL takes as a password",
    () => `<powershell>
$sa = [guid]::NewGuid().ToString('N') + '!Aa1'
Invoke-Sqlcmd -Query "ALTER LOGIN sa WITH PASSWORD = '$sa'; ALTER LOGIN sa DISABLE;"
Invoke-Sqlcmd -Query "CREATE LOGIN [CORP\\svc_orders] FROM WINDOWS"
</powershell>
`,
  ),
  bad(
    "account made by cmd within PowerShell",
    (made) => `<powershell>
cmd /c "net user svc_app ${made.weak()} /add"
cmd /c "net localgroup Administrators svc_app /add"
</powershell>
`,
  ),
  good(
    "questions of a batch file",
    () => `<script>
set /p DB_PASSWORD=Enter password: 
set /a KEY_SIZE=4096*2
for /f "delims=" %%i in ('aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text') do set DB_PASSWORD=%%i
sqlcmd -S db.example.internal -U app -P %DB_PASSWORD% -Q "select 1"
set DB_PASSWORD=
</script>
`,
  ),
  bad(
    "connection of a telephone book with a password",
    (made) => `<script>
rasdial OfficeVPN vpnuser ${made.weak()}
</script>
`,
  ),
  bad(
    "logon of the registry, set without quotes in PowerShell",
    (made) => `<powershell>
reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v DefaultPassword /t REG_SZ /d ${made.weak()} /f
</powershell>
`,
  ),
  bad(
    "options of reg in another order",
    (made) => `<script>
reg add HKLM\\SOFTWARE\\Acme /f /t REG_SZ /v ApiKey /d ${made.hex()}
</script>
`,
  ),
  bad(
    "property of the registry, its value without quotes",
    (made) => `<powershell>
New-ItemProperty -Path HKLM:\\SOFTWARE\\Acme -Name ApiKey -Value ${made.hex()} -PropertyType String
</powershell>
`,
  ),
  bad(
    "variable by cmdlet, the value before its name",
    (made) => `<powershell>
New-Variable -Value ${made.weak()} -Name DbPassword
</powershell>
`,
  ),
  bad(
    "environment by path, its value without quotes",
    (made) => `<powershell>
Set-Item -Path Env:DB_PASSWORD -Value ${made.weak()}
</powershell>
`,
  ),
  good(
    "settings of the registry whose names have words of credentials",
    () => `<powershell>
Set-ItemProperty -Path HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa -Name LimitBlankPasswordUse -Value 1 -Type DWord
Set-ItemProperty -Path HKLM:\\SOFTWARE\\Acme -Name DefaultPassword -Value $password
reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters /v DisablePasswordChange /t REG_DWORD /d 1 /f
reg delete HKLM\\SOFTWARE\\Acme /v DefaultPassword /f
New-Item -Path C:\\acme -Name secrets -ItemType Directory
</powershell>
`,
  ),
];
