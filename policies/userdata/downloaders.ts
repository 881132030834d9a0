/** Options of programs that download: which of them take a value. */
import type { Syntax } from "./arguments";

export const CURL: Syntax = {
  short: "AbcCdDeEFHKmoPQrtTuUwxXyYz",
  long: /^(?:abstract-unix-socket|aws-sigv4|cacert|capath|cert|cert-type|ciphers|config|connect-timeout|connect-to|continue-at|cookie|cookie-jar|crlfile|curves|data(?:-\w+)?|dns-\S+|doh-url|dump-header|etag-\w+|expect100-timeout|form(?:-string)?|ftp-\S+|happy-\S+|header|hostpubmd5|interface|json|keepalive-time|key|key-type|krb|limit-rate|local-port|login-options|max-filesize|max-redirs|max-time|netrc-file|noproxy|oauth2-bearer|output|output-dir|parallel-max|pass|pinnedpubkey|preproxy|proto|proto-default|proto-redir|proxy(?:-(?!insecure)[\w-]+)?|pubkey|quote|range|rate|referer|request|request-target|resolve|retry|retry-delay|retry-max-time|sasl-\w+|service-name|socks\S+|speed-limit|speed-time|stderr|telnet-option|tftp-\w+|time-cond|tls-max|tls13-ciphers|tlsauthtype|tlspassword|tlsuser|trace|trace-ascii|trace-config|unix-socket|upload-file|url|url-query|user|user-agent|variable|write-out)$/,
};

export const WGET: Syntax = {
  short: "OPoaeiUtTwQlARDIXB",
  long: /^(?:output-document|directory-prefix|output-file|append-output|execute|input-file|user-agent|tries|timeout|wait|quota|level|accept|reject|domains|include-directories|exclude-directories|base|header|referer|user|password|post-data|post-file|method|body-data|body-file|ca-certificate|ca-directory|certificate|private-key|limit-rate|waitretry|read-timeout|connect-timeout|dns-timeout|load-cookies|save-cookies|cut-dirs|secure-protocol|bind-address|progress|max-redirect|retry-on-http-error|compression|default-page)$/,
};

/** Other downloaders, by the options they have in common with many. */
export const SIMPLE: Syntax = {
  short: "oOdPsxjkHUtTnSi",
  long: /^(?:out|dir|output|outfile|output-document|directory|header|timeout|max-\S+|split|user-agent|input-file|referer|all-proxy|https?-proxy|ftp-proxy|checksum|connect-timeout|retry-wait|user|auth|auth-type)$/,
};
