import { bad, good, type Case, type Made } from "../corpus";

/** Places where a program takes a password. */
const PLACES: readonly (readonly [place: string, text: (value: string) => string])[] = [
  ["a file of an environment", (value) => `#!/bin/bash\ncat > /etc/app.env <<'E'\nDB_PASSWORD=${value}\nE\n`],
  ["JSON", (value) => `#!/bin/bash\ncat > /etc/app.json <<'J'\n${JSON.stringify({ db: { password: value } })}\nJ\n`],
  ["YAML", (value) => `#!/bin/bash\ncat > /etc/app.yaml <<'Y'\ndb:\n  password: ${JSON.stringify(value)}\nY\n`],
  ["an option of a program", (value) => `#!/bin/bash\nmysql -uroot -p'${value.replaceAll("'", '"')}' -e 'select 1'\n`],
];

/** Entries of stores, and files. */
const REFERENCES: readonly (readonly [what: string, value: (made: Made) => string])[] = [
  ["an entry of pass", () => "pass:show/app1"],
  ["a field of Vault", () => "secret/data/app1#password"],
  ["a field of Vault in a store of one's own", () => "kv/app-2024#db_password"],
  ["a field of Vault with its store's name", () => "hcvault:secret/app1#pw2"],
  ["an entry of Vault as an address", () => "vault://secret/data/app1#password2"],
  ["a look-up of Puppet", () => "Sensitive(lookup('x1'))"],
  ["a look-up of Puppet in brackets", () => "Sensitive[lookup('x1')]"],
  ["a look-up of Hiera", () => "hiera('profile::app2::secret')"],
  ["an interpolation of Hiera", () => "%{hiera('db2::password')}"],
  ["a look-up of Ansible", () => "{{ lookup('amazon.aws.aws_secret', 'prod/db2') }}"],
  ["an id of Bitwarden", (made) => `bws:${made.uuid()}`],
  ["an item of 1Password", () => "op://Prod9/item7f3a/password"],
  ["a file of SOPS", () => "sops:secrets/app1.yaml#db"],
  ["a secret of Doppler", () => "doppler://proj1/prd/DB_PASSWORD"],
  ["a version of Google", () => "gcp:secretmanager:projects/123456/secrets/db2/versions/3"],
  ["a secret of Google as an address", () => "gcpsecretmanager://projects/p1/secrets/db-2"],
  ["a reference of vals", () => "ref+vault://secret/data/app1#/password"],
  ["a parameter", () => "awsssm:///app1/db-password"],
  ["a secret with a query", () => "aws-secretsmanager://prod/db2?key=pw"],
  ["a record of Keeper", () => "keeper://k7x9Qp2/field/password"],
  ["a variable of Conjur", () => "conjur:prod/db2/password"],
  ["a variable of CredHub", () => "((prod/db2.password))"],
  ["a placeholder of Caddy", () => "{$DB2_PASSWORD}"],
  ["a file in braces", () => "{file:/run/secrets/db2}"],
  ["a reference of Key Vault", () => "@Microsoft.KeyVault(SecretUri=https://kv1.vault.azure.net/secrets/db2/)"],
  ["the name of a secret", () => "prod/db2"],
  ["an id of Oracle", () => "ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaabcd1234efgh"],
  ["a secret of Docker", () => "/run/secrets/db"],
  ["a file with a year", () => "/etc/app/token-2024.key"],
  ["a file with a space", () => "/opt/x y/z"],
  ["a file of a share", () => "\\\\server\\share"],
  ["a file with a number sign", () => "/dev/shm/x#1"],
  ["a file with signs in a folder of data", () => "/var/lib/App1/secret#2"],
  ["a parameter with capitals", () => "/Team1/Prod/Rds#Main"],
  ["a file as curl takes it", () => "@/etc/app/token2024"],
];

/** Passwords that begin like one of those. */
const PASSWORDS: readonly (readonly [what: string, value: (made: Made) => string])[] = [
  ["a slash and signs", (made) => `/${made.token(3)}7!${made.token(4)}9#${made.token(2)}`],
  ["a slash and letters and digits", () => "/Kq7xT2v9LmP"],
  ["a slash, a word and a year", () => "/Sommer2024!"],
  ["two slashes and signs", () => "/Kq7!x/T2v9#Lm"],
  ["the sign of a file", () => "@Kq7/xT2!v9Lm"],
  ["a colon", (made) => `conjur:${made.password(14)}`],
  ["a user", (made) => `redis://:${made.password()}@db.internal:6379`],
  ["a seed", () => "otpauth://totp/app1?secret=JBSWY3DPEHPK3PXP"],
  ["a token in an address", () => "slack://T00Kq7xT2v9/B00LmPQ4x7/zQ9xT2v9LmPKq7wR4"],
  ["parentheses", () => "hiera2024(Kq7xT2v9"],
];

/** What stands where a credential goes and names one, beside what looks like that and is one. */
export const references: readonly Case[] = [
  ...PLACES.flatMap(([place, text]) => [
    ...REFERENCES.map(([what, value]) => good(`${what} in ${place}`, (made) => text(value(made)))),
    ...PASSWORDS.map(([what, value]) => bad(`a password with ${what} in ${place}`, (made) => text(value(made)))),
  ]),
  good("a manifest of Puppet that looks passwords up", () => manifest('Sensitive[lookup("x1")]')),
  bad("a manifest of Puppet with a password", (made) => manifest(`Sensitive("${made.password()}")`)),
];

function manifest(value: string): string {
  return `#!/bin/bash
cat > /etc/puppetlabs/code/site.pp <<'P'
class { 'app::db':
  user     => 'app',
  password => ${value},
}
P
puppet apply /etc/puppetlabs/code/site.pp
`;
}
