/** Values that name an entry of a store of secrets, in the form in which tools take it. */
import { isWord } from "./mixed";

/** `((name))` of CredHub, `@@{name}@@` of Calm, `env.NAME`, an id of Oracle's cloud. */
const NAMED =
  /^(?:\(\([\w./:-]+\)\)|@@\{[\w.]+\}@@|\{\$?[A-Za-z_][\w.:/-]*\}|env(?:iron)?[.:][A-Z][A-Z\d_]*|ocid1\.[\w.-]+)$/;

/** What Puppet, Ansible, Azure and others look up, written as a text. */
const LOOKED_UP =
  /^(?:(?:Sensitive|Deferred|unwrap)\s?[[(]\s?\w+\s?[[(].*|(?:lookup|hiera\w*|alias|getenv|env|get_?secrets?\w*|fetch_?secrets?|secrets?|vault\w*|ssm\w*|reference|resolve|decrypt)\s?[[(]\s?["'].*|@(?:Microsoft\.)?KeyVault\(.*)[\])]$/;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Stores, as they stand before a colon; what is behind it is a path. */
const STORE =
  /^(?:akeyless|aws[-_]?secrets?(?:[-_]?manager)?|bao|berglas|bitwarden|bws?|chamber|confidant|conjur|consul|credhub|credstash|cyberark|databricks|delinea|doppler|environ|esc|gcp(?:[-_:]?secrets?(?:[-_]?manager)?)?|gopass|gpg|gsm|hashivault|hcvault|infisical|k8s|keepass(?:xc)?|keeper|keychain|knox|lastpass|lpass|oci|op|openbao|pass|pulumi|rbw|scw|secrets?(?:[-_]?manager)?|sm|sops|thycotic|tss|token_?file|vault):(?=.*[/#]|[\da-f]{8}-)(?!\/\/)(.+)$/i;

/** An address that names something; one with a user, or with a seed or a token in it, is a credential. */
const ADDRESS =
  /^(?!otpauth)[a-z][a-z\d+.-]{1,30}:\/\/(?!.*[?&](?:secret|token|sig\w*|pass\w*|pwd|api_?key|code|auth)=)([^\s@]+)$/i;
const STORE_ADDRESS =
  /^(?:op|bws|keeper|[a-z\d+-]*(?:vault|secrets?|secrets?-?manager|ssm|secret-?ref))(?:\+[a-z\d]+)?:\/\/[^\s@]+$/i;

/** `secret/data/app1#password`, `prod/db2`. */
const PATH =
  /^(?=[^#/]*\/[^#/]*\/|[^#/]*\/[^#]*#|(?:secrets?|kv\d?|vault|ssm|prod\w*|dev\w*|stag\w*|test|qa|uat|apps?|config)\/|[a-z_-]+\d{0,2}\/[a-z_-]+\d{0,2}$)[a-z][a-z_-]*\d{0,4}(?:\/(?:[a-z][a-z_.-]*\d{0,4}))+(?:[#:][A-Za-z_][A-Za-z_.-]*\d?)?$/;

/** Whether a value names where a secret is kept. */
export function namesEntry(text: string): boolean {
  if (NAMED.test(text) || LOOKED_UP.test(text) || PATH.test(text)) return true;
  if (STORE_ADDRESS.test(text)) return true;
  const path = STORE.exec(text)?.[1] ?? ADDRESS.exec(text)?.[1];
  return path !== undefined && path.split(/[/#:?=&.,]+/).every(isName);
}

/** A part of a path that people have named. */
function isName(part: string): boolean {
  return UUID.test(part) || (/^[\w-]*$/.test(part) && isWord(part) && !/[\da-f]{16}|\d{13}/i.test(part));
}
