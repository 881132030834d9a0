/** Calls by which scripts fetch, write, unpack and run, whatever their language is. */

/** Fetches from an address. */
export const FETCHES =
  /\b(?:urlopen|urlretrieve|URLopener|requests\.\w+|session\.get|httpx\.\w+|wget\.download|urllib\w*|aiohttp|http\.client|Net::HTTP|URI\.open|OpenURI|open-uri|URI|Down\.\w+|RestClient|HTTParty|Faraday|Excon|LWP\S*|getstore|mirror|getprint|HTTP::Tiny|WWW::\w+|Mojo\S*|curl_\w+|file_get_contents|fopen|readfile|copy|http\.get|https\.get|https?\.request|fetch|axios|got|request|superagent|needle|download\w*|Invoke-WebRequest|iwr|Invoke-RestMethod|irm|wget|curl|DownloadFile\w*|DownloadString\w*|DownloadData\w*|OpenRead|Start-BitsTransfer|WebClient|HttpClient|GetStringAsync|GetByteArrayAsync|WebRequest|XMLHTTP|read_html|GET|get|open)\b/i;

/** Saves what it fetches in a file that it is given. */
export const SAVES =
  /\b(?:urlretrieve|wget\.download|getstore|mirror|DownloadFile\w*|Start-BitsTransfer|copy|download\w*|retrieve|Down\.download)\b|\s-(?:OutFile|o|Destination)\b/i;

/** Opens a file to write it, so that a variable stands for it. */
export const OPENS =
  /\b(?:open|createWriteStream|File\.new|File\.open|fopen|Path|tempfile\.\w+|NamedTemporaryFile|mkstemp|mkdtemp|TarFile|tarfile\.open|ZipFile|zipfile\.\w+)\b/;

/** Writes, copies or moves what it is given. */
export const WRITES =
  /(?:\.write|writeFile\w*|write_bytes|write_text|copyfileobj|\.pipe|pipeline|file_put_contents|fwrite|fputs|syswrite|\bprint|\bFile\.write|IO\.(?:write|copy_stream|binwrite)|binwrite|Set-Content|Out-File|Add-Content|WriteAll\w+|Tee-Object|shutil\.(?:copy\w*|move)|os\.(?:rename|replace|symlink|link)|FileUtils\.\w+|copyFile\w*|rename\w*|Copy-Item|Move-Item|Rename-Item|New-Item|fs\.cp\w*|\bcopy\b|\bmove\b|\bcpi\b|\bmi\b)/;

/** Unpacks an archive into a folder. */
export const UNPACKS =
  /\b(?:extractall|extract|unpack_archive|Expand-Archive|ExtractToDirectory|ExtractAll\w*|extractTo|Archive::\w+|unzip|untar|Gem::Package|Mount-DiskImage|tar\.x|decompress)\b/;

/** Reads a file. */
export const READS = /\b(?:open|read\w*|Get-Content|gc|slurp|File\.read|IO\.read|file_get_contents|type)\b/;

/** Runs code that it is given as text. */
export const EVALUATES: Readonly<Record<string, RegExp>> = {
  python: /\b(?:exec|eval|execfile|run_path|run_module|exec_module|__import__|import_module|spec_from_file_location)\b/,
  ruby: /\b(?:eval|instance_eval|class_eval|module_eval|load|require|require_relative)\b/,
  perl: /\b(?:eval|do|require)\b(?!\s*\{)/,
  javascript:
    /\b(?:eval|Function|runInThisContext|runInNewContext|runInContext|vm\.\w+|require|import|include|include_once|require_once|source|install_url|install_git|install\.packages|sys\.source|_compile)\b/,
  powershell:
    /(?:^|[\s|({;&])(?:Invoke-Expression|iex|Import-Module|ipmo|Add-Type|Invoke-Command|icm|Start-Job)\b|scriptblock\]?::Create|NewScriptBlock|\.InvokeScript|AddScript|Assembly\]?::Load/i,
};

/** Runs a command or a program. */
export const STARTS =
  /\b(?:os\.system|os\.popen|os\.exec\w*|os\.spawn\w*|subprocess(?:\.\w+)?|Popen|check_call|check_output|getoutput|pexpect\.\w+|sh\.\w+|exec|execSync|execFile|execFileSync|spawn|spawnSync|execv|execvp|fork|system|backticks|popen\d?|Open3\.\w+|IO\.popen|Kernel\.\w+|Process\.\w+|PTY\.\w+|shell_exec|passthru|proc_open|pcntl_exec|shelljs|execa|zx|Process\]?::Start|Start-Process|saps|Invoke-Item|ii|New-Service|New-ScheduledTaskAction|Register-ScheduledJob|Start-DscConfiguration|Add-WindowsPackage|Add-Appx\w+|Install-Package|run|call|sudo|ProcessBuilder|Runtime)\b/;

/** Gives a file a mode that executes. */
export const MAKES_EXECUTABLE =
  /chmod\w*\b[^]*(?:\b0?o?[0-7]?[0-7]*[1357][0-7]{0,2}\b|S_I(?:X|EXEC)|\+x)|\bmode["']?\s*(?::|=>|=)\s*["']?0?o?[0-7]*[1357]\d{0,2}\b/;

/** Looks at a digest or at a signature. */
export const DIGESTS =
  /\b(?:hexdigest|digest|Get-FileHash|createHash|Digest::\w+|OpenSSL::Digest\w*|hash_file|hash|sha1|sha256\w*|sha512\w*|sha1_hex|md5\w*|hashlib\w*|Get-AuthenticodeSignature|ComputeHash|file_digest|checksum)\b/i;

export const COMPARES = /^(?:==|!=|===|!==|eq|ne|-eq|-ne|-ceq|-cne|-ieq|-ine|-like|-notlike|-match|-notmatch|=~)$/;
export const DIFFERS = /^(?:!=|!==|ne|-ne|-cne|-ine|-notlike|-notmatch)$/;

/** Ends the script, or this round of it. */
export const STOPS =
  /\b(?:throw|exit|raise|abort|die|return|SystemExit|quit|Exit|fail|croak|confess|panic|assert|unlink|unlinkSync|Remove-Item|os\.remove|stop|stopifnot|continue|break|next|last)\b/;

/** Does not check certificates, in this statement or from here on. */
export const UNCHECKED =
  /verify\s*[=:]\s*false|_unverified_context|CERT_NONE|VERIFY_NONE|rejectUnauthorized["']?\s*:\s*false|SkipCertificateCheck|SSL_VERIFY(?:PEER|HOST)["']?\s*(?:,|=>)\s*(?:false|0)|verify_?peer\w*["']?\s*=>?\s*(?:false|0)|verify_(?:hostname|SSL)["']?\s*=>\s*0|InsecureSkipVerify|check_hostname\s*=\s*False|strictSSL\s*:\s*false|ssl_verifypeer\s*=\s*F/i;
export const UNCHECKED_FROM_HERE =
  /_create_default_https_context|ServerCertificateValidationCallback|CertificatePolicy|NODE_TLS_REJECT_UNAUTHORIZED|OpenSSL::SSL::VERIFY_PEER\s*=|PERL_LWP_SSL_VERIFY_HOSTNAME|DangerousAcceptAny/;
