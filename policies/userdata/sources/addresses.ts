/** Over which channel an address is read, by what stands in it. */

export type Channel =
  | "HTTP"
  | "FTP"
  | "TFTP"
  | "the git protocol"
  | "the Subversion protocol"
  | "the rsync protocol"
  | "HTTPS without a check of the certificate"
  | "a presigned URL";

/** What the tool that reads an address makes of it. */
export interface Handling {
  /** It does not check certificates. */
  readonly unchecked?: boolean;
  /** It takes an address without a scheme for HTTP. */
  readonly bare?: boolean;
  /** It compares a digest or a signature by itself. */
  readonly vouched?: boolean;
}

const OPEN: Readonly<Record<string, Channel>> = {
  http: "HTTP",
  ftp: "FTP",
  tftp: "TFTP",
  git: "the git protocol",
  svn: "the Subversion protocol",
  rsync: "the rsync protocol",
};

const SCHEME = /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#\s]{0,300})/i;
/** How package managers and fetchers mark what stands behind an address. */
const MARK = /^(?:(?:git|hg|svn|bzr|sparse|registry|archive)\+|(?:git|hg|s3|file)::)/i;

/** The channel where it is an open one; nothing for what is trusted or not shown. */
export function openChannel(address: string, { unchecked, bare }: Handling = {}): Channel | undefined {
  if (isPresigned(address)) return "a presigned URL";
  const [, scheme, host = ""] = SCHEME.exec(address.slice(0, 400).replace(MARK, "")) ?? [];
  if (scheme === undefined) return bare === true && isBare(address) ? "HTTP" : undefined;
  if (isMachine(host, address)) return undefined;
  if (scheme.toLowerCase() === "https")
    return unchecked === true ? "HTTPS without a check of the certificate" : undefined;
  const name = scheme.toLowerCase();
  return Object.hasOwn(OPEN, name) ? OPEN[name] : undefined;
}

/** Whether a text starts like an address; what stands before it in `git+https://` counts. */
export function isAddress(text: string): boolean {
  return SCHEME.test(text.slice(0, 400).replace(MARK, ""));
}

/** A query that AWS signed, in version 4 or 2; whoever has it may read what it names. */
function isPresigned(address: string): boolean {
  if (/[?&;]X-Amz-Signature=/i.test(address)) return true;
  return ["AWSAccessKeyId", "Signature", "Expires"].every((name) =>
    ["?", "&", ";"].some((mark) => address.includes(`${mark}${name}=`)),
  );
}

const LOOPBACK =
  /^(?:localhost|[\w.-]{1,60}\.localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/i;
const METADATA =
  /^(?:169\.254\.169\.254|169\.254\.170\.(?:2|23)|\[fd00:ec2::(?:254|23)\]|instance-data(?:\.ec2\.internal)?)$/i;

/** The machine itself, its metadata and the credentials endpoint of its containers. */
function isMachine(host: string, address: string): boolean {
  const name = host.replace(/^[^@]*@/, "").replace(/:\d{1,5}$/, "");
  // A host that stands in a variable, with a path that only the metadata service has.
  const metadata = name.startsWith("$") && /\/latest\/(?:meta-data|user-data|dynamic)\b/.test(address);
  // An endpoint and a relative address that containers are given: `http://169.254.170.2$AWS_…`.
  return metadata || LOOPBACK.test(name) || METADATA.test(name.replace(/\$.*$/, ""));
}

const HOST =
  /^(?:(?:[a-z0-9_-]{1,63}\.){1,8}[a-z0-9-]{2,63}|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?=[/?#]|$)|^[a-z0-9-]{1,63}:\d{2,5}\//i;
/** Endings by which a word is a file's name and no host. */
const FILE =
  /^[\w.-]{1,100}\.(?:sh|txt|json|xml|ya?ml|t?gz|zip|conf|cfg|log|pem|crt|key|py|out|deb|rpm|bin|csv|html?)$/i;

function isBare(address: string): boolean {
  const host = /^[^/?#]*/.exec(address)?.[0] ?? "";
  return HOST.test(address) && !FILE.test(address) && !isMachine(host, address);
}

/** The name that a tool gives to what it saves. */
export function nameIn(address: string): string {
  const path = address.replace(/[?#].*$/, "").replace(/\/+$/, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  return isAddress(path) && path.lastIndexOf("/") < path.indexOf("://") + 3 ? "index.html" : name;
}
