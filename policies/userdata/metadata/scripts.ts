/** Reads of the metadata service in code of languages other than shell. */
import { asksForToken, isOtherCloud, mentionsIn, mentionsMetadata, namesToken } from "./address";
import { writes } from "./code-files";
import { Names } from "./names";
import { statementsOf, type Language, type Statement } from "./statements";

export interface Use {
  readonly line: number;
  readonly by: string;
}

const BY: Readonly<Record<Language, string>> = {
  python: "a Python script",
  perl: "a Perl script",
  ruby: "a Ruby script",
  javascript: "a Node.js script",
  php: "a PHP script",
  go: "a Go program",
  lua: "a Lua script",
  powershell: "a PowerShell script",
  batch: "a batch script",
  other: "a script",
};

/** Commands that Windows has names for. */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/\binvoke-restmethod\b|\birm\b/i, "Invoke-RestMethod"],
  [/\bcurl\.exe\b/i, "curl"],
  [/\binvoke-webrequest\b|\biwr\b/i, "Invoke-WebRequest"],
  [/\b(?:webclient|download(?:string|file|data)|openread)\b/i, "WebClient"],
  [/\bstart-bitstransfer\b|\bbitsadmin\b/i, "BITS"],
  [/\bcertutil\b/i, "certutil"],
];

/** What sends a request and gives the answer. */
const READS: readonly RegExp[] = [
  /\b(?:urlopen|urlretrieve|getresponse|fetch|axios|got|needle|superagent|ky|ofetch|file_get_contents|curl_exec|readfile|simplexml_load_file|getprint|getstore|get_headers|readLines|geturl|download\.file|toURL)\b/,
  /\b(?:requests|httpx|session|client|http|https|urllib3|axios|superagent|needle|got|HTTParty|RestClient|Faraday|Excon|Typhoeus|HTTP|URI|OpenURI|HTTPoison)(?:\(\))?\s{0,9}(?:\.|::)\s{0,9}(?:get\w*|request\w*|head|open|read|Get\w*|Do)\b/,
  /(?:\.|->)\s{0,9}(?:get|request|fetch|urlopen|open|read|send|Do|Get\w{0,20}|SendAsync|DownloadString\w*|DownloadData\w*|DownloadFile\w*|OpenRead|openStream|perform|head|Send|Open)\s{0,9}(?:\(|['"$]|$)/,
  /\b(?:open|fopen|sendall|send|fwrite|fputs|request|mirror|get)\s{0,9}\(|\bprint\s{0,9}\{?\s{0,9}\$\w+|\bget\s{1,9}["']/,
];
const READS_OF_WINDOWS =
  /\b(?:invoke-(?:restmethod|webrequest)|irm|iwr|start-bitstransfer|bitsadmin|certutil|downloadstring|downloadfile|downloaddata|getresponse|getstringasync|getasync)\b/i;
/** Commands by name, where the language calls them as it calls its own. */
const PROGRAMS = /(?<![\w.$-])(?:curl|wget)(?:\.exe)?(?![\w(=-])/i;
/** What starts another program, or code in a string. */
const STARTS =
  /\b(?:system|popen\d?|exec\w*|spawn\w*|check_output|check_call|getoutput|getstatusoutput|run|call|Popen|shell_exec|passthru|proc_open|capture\w{0,3}|qx|Command)\b|`|%x/;
const STARTS_OF_WINDOWS =
  /\b(?:start-process|saps|new-scheduledtaskaction|register-scheduledjob|schtasks|invoke-expression|iex|invoke-command|powershell|pwsh|cmd|nssm|sc\.exe|new-service|wscript|scriptblock)\b/i;

const PRINTS =
  /^\s{0,20}(?:Write-(?:Host|Output|Verbose|Information|Warning|Debug|Error)|@?echo|print(?:ln|f)?|puts|console\.\w+|fmt\.Print\w*|log(?:ger|ging)?\.\w+|say|warn|p)\b/i;

/** Reads of the metadata service without a token, one a statement. */
export function scriptUses(text: string, language: Language): readonly Use[] {
  const code = language === "php" ? phpOnly(text) : text;
  if (!mentionsMetadata(code) && !BOTO.test(code)) return [];
  const script = new Script(statementsOf(code, language), language);
  return [...script.uses(), ...(language === "python" ? boto(script.statements) : [])];
}

/** Text outside of `<?php … ?>` is sent as it is. */
function phpOnly(text: string): string {
  if (!text.includes("<?")) return text;
  return text
    .split(/(?=<\?(?:php|=))|(?<=\?>)/i)
    .map((piece) =>
      /^<\?/.test(piece) ? piece.replace(/^<\?(?:php|=)/i, "").replace(/\?>$/, ";") : piece.replaceAll(/[^\n]/g, ""),
    )
    .join("");
}

/** boto, before boto3, speaks only version 1. */
const BOTO = /\bget_instance_(?:metadata|userdata|identity)\b/;

function boto(statements: readonly Statement[]): readonly Use[] {
  return statements
    .filter(({ bare }) => BOTO.test(bare) && !/^\s{0,20}(?:from|import|def)\b/.test(bare))
    .map(({ line }) => ({ line, by: "boto" }));
}

/** What code expects that only proves that version 1 is refused. */
const REFUSALS =
  /\b40[13]\b|\bUnauthorized\b|\bassert\b[^\n]{1,200}(?:\b(?:rc|returncode)\s{0,3}!=\s{0,3}0)|\bassertRaises|\bpytest\.raises|\bassert\s+not\b/i;
/** How code ends with an error. */
const ENDS = /^(?:throw|raise|sys\.exit|exit|die|Write-Error|process\.exit|os\._exit|fail|abort|panic)\b/i;

/** How many requests of one script are looked at. */
const REQUESTS = 200;

class Script {
  private readonly names: Names;
  private readonly anyToken: boolean;
  private readonly requests = new Map<Statement, boolean>();
  private readonly addressed = new Map<Statement, boolean>();

  constructor(
    readonly statements: readonly Statement[],
    private readonly language: Language,
  ) {
    this.names = new Names(statements, language, (statement) => this.reads(statement));
    this.anyToken = statements.some(({ text }) => namesToken(text));
  }

  uses(): readonly Use[] {
    if (this.statements.some(({ text }) => /PSDefaultParameterValues/i.test(text) && namesToken(text))) return [];
    const requests = this.statements.filter((each) => this.reads(each)).slice(0, REQUESTS);
    const found = requests.flatMap((each) => this.judged(each));
    if (found.length > 0 || requests.some((each) => this.addresses(each))) return found;
    return this.rest();
  }

  /** Whether a statement sends a request. */
  private reads(statement: Statement): boolean {
    const known = this.requests.get(statement) ?? this.sends(statement);
    this.requests.set(statement, known);
    return known;
  }

  private sends({ bare, text }: Statement): boolean {
    const words = (): string => text.replaceAll(/["'[\],]+/g, " ");
    if (this.language === "powershell" || this.language === "batch") {
      if (/^@?echo\b[^>|&]*$/i.test(bare)) return false;
      const code = this.language === "batch" || STARTS_OF_WINDOWS.test(bare) ? words() : bare;
      return READS_OF_WINDOWS.test(code) || PROGRAMS.test(code);
    }
    return READS.some((mark) => mark.test(bare)) || (STARTS.test(bare) && PROGRAMS.test(words()));
  }

  /** Whether the request goes to the metadata service, as far as its own values show. */
  private addresses(statement: Statement): boolean {
    const known = this.addressed.get(statement);
    if (known !== undefined) return known;
    const result = isAddress(this.names.values(statement));
    this.addressed.set(statement, result);
    return result;
  }

  private judged(statement: Statement): readonly Use[] {
    const callers = this.names.callers(statement);
    const own = this.addresses(statement);
    const all = this.names.everything(statement);
    if (namesToken(all) || isOtherCloud(all) || this.isProof(statement)) return [];
    if (callers.length === 0) return own && !asksForToken(this.names.values(statement)) ? [this.use(statement)] : [];
    const bad = callers.filter((caller) => this.isBadCall(caller, own));
    if (bad.length === 0) return [];
    return own ? [this.use(statement)] : bad.map((caller) => this.use(caller, statement));
  }

  /** A call of a helper that neither sends a token nor asks for one. */
  private isBadCall(caller: Statement, addressed: boolean): boolean {
    const values = this.names.values(caller);
    const all = this.names.everything(caller);
    if (namesToken(all) || asksForToken(values) || isOtherCloud(all) || this.isProof(caller)) return false;
    return addressed || isAddress(values);
  }

  /** An address that no known request uses: the request is one that is not known. */
  private rest(): readonly Use[] {
    if (this.anyToken) return [];
    const used = this.statements.find(
      (each) =>
        !PRINTS.test(each.bare) &&
        !writes(each) &&
        /\w/.test(each.bare) &&
        !/block|deny|allow|filter|ssrf|forbid|no_?proxy|route|assert|firewall/i.test(each.bare) &&
        mentionsIn(each.text).some(({ url, kind }) => url && kind === "metadata") &&
        /\/(?:latest|20\d\d-\d\d-\d\d|1\.0)\//.test(each.text) &&
        !isOtherCloud(this.names.everything(each)),
    );
    return used && this.isTaken(used) ? [this.use(used)] : [];
  }

  /** Whether a call takes what a statement holds: in the statement itself, or by a name. */
  private isTaken(statement: Statement): boolean {
    const calls = /\w\s{0,3}\(/;
    return [statement, ...this.names.users(statement)].some(
      ({ bare }) => calls.test(bare) || this.language === "powershell" || this.language === "batch",
    );
  }

  private use(statement: Statement, request = statement): Use {
    const texts = this.language === "powershell" || this.language === "batch" ? [statement.text, request.text] : [];
    const command = COMMANDS.find(([mark]) => texts.some((text) => mark.test(text)))?.[1];
    const alias = texts.map((text) => PROGRAMS.exec(text)?.[0].toLowerCase()).find((name) => name !== undefined);
    const named = this.language === "batch" ? alias?.replace(".exe", "") : alias && "Invoke-WebRequest";
    return { line: statement.line, by: command ?? named ?? BY[this.language] };
  }

  /** A call that only proves that version 1 is refused: what is near it expects that. */
  private isProof(statement: Statement): boolean {
    const at = statement.number;
    if (/%\{?http_code|\bhttp_code\b/.test(statement.text)) return true;
    const near = this.statements.slice(Math.max(0, at - 2), at + 6);
    if (near.some(({ text }) => REFUSALS.test(text))) return true;
    if (this.failsAfter(statement)) return true;
    return near.some(
      ({ text }) => /\b(?:imds)?v1\b/i.test(text) && /\b(?:throw|exit|fail|die|raise|Write-Error|abort)/i.test(text),
    );
  }

  /** Whether an answer, which nothing keeps, is an error: the next statement ends the script, perhaps with a message. */
  private failsAfter({ number, parent, bare }: Statement): boolean {
    if (/^[^=(]{1,80}[^=!<>]=(?!=|>)/.test(bare)) return false;
    const following = this.statements.slice(number + 1, number + 3).filter((each) => each.parent === parent);
    const end = following.find((each) => !PRINTS.test(each.bare) || ENDS.test(each.bare));
    return end !== undefined && ENDS.test(end.bare) && !/\b0\b/.test(end.bare);
  }
}

/** Whether values together address the service: a URL, or its host with a path. */
function isAddress(values: string): boolean {
  const mentions = mentionsIn(values);
  if (mentions.some(({ url, kind }) => url && kind !== undefined)) return true;
  return mentions.some(({ kind }) => kind !== undefined) && /["'\s]\/?(?:latest|20\d\d-\d\d-\d\d|1\.0)\//.test(values);
}
