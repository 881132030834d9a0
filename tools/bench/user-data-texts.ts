/** User data to measure with: a boot script as people write them, and texts that are made to take long. */
import { createHash } from "node:crypto";

/** What EC2 takes. */
export const FULL = 1 << 14;

const NAMES = ["orders", "billing", "search", "catalog", "reports", "gateway"] as const;

/** One service of a boot script: its unit, its configuration and what sets it up. */
function service(index: number): string {
  const name = `${NAMES[index % NAMES.length] ?? ""}-${String(index)}`;
  const digest = createHash("sha1").update(name).digest("hex");
  return `# --- ${name}
cat > /etc/systemd/system/${name}.service <<'UNIT'
[Unit]
Description=${name} worker
After=network-online.target

[Service]
User=${name}
ExecStart=/opt/${name}/bin/run --threads ${String(index)}
Restart=on-failure
LimitNOFILE=65536
UNIT

id ${name} >/dev/null 2>&1 || useradd -r -g app -d /opt/${name} -s /sbin/nologin ${name}
for d in conf data log tmp; do
  install -d -o root -g root -m 0750 "/srv/${name}/$d"
done
aws s3 cp s3://artifacts-eu-west-1/releases/${name}/${digest}/bundle.tar.gz /tmp/${name}.tgz
tar -xzf /tmp/${name}.tgz -C /opt/${name} && rm -f /tmp/${name}.tgz

cat > /etc/nginx/conf.d/${name}.conf <<'NGINX'
upstream ${name}_backend {
  server 127.0.0.1:${String(4000 + index)} max_fails=3 fail_timeout=10s;
}
server {
  listen 80;
  location / { proxy_pass http://${name}_backend; proxy_set_header Host $host; }
}
NGINX

install_${String(index)}() {
  local version="\${1:-1.3.${String(index)}}"
  echo "installing $version"
  dnf install -y "${name}-$version" || return 1
  systemctl restart ${name}
}
if [ "$(df --output=pcent / | tail -1 | tr -dc 0-9)" -gt 73 ]; then logger -p user.warning "disk of ${name}"; fi
DB_PASSWORD=$(aws ssm get-parameter --with-decryption --name /${name}/db --query Parameter.Value --output text)
export DB_PASSWORD

`;
}

/** A boot script of that many characters, or a few more. */
export function typical(size: number): string {
  let text = "#!/bin/bash\nset -u\n\n";
  for (let index = 1; text.length < size; index++) text += service(index);
  return text;
}

function digests(): string {
  const all = Array.from({ length: FULL / 33 }, (_, index) => createHash("sha256").update(String(index)));
  return all.map((digest) => digest.digest("base64url").slice(0, 32)).join(" ");
}

/** Each is repeated up to the full size, behind a first line where it needs one. */
const REPEATED: readonly (readonly [name: string, piece: string, start?: string])[] = [
  ["one word", "x"],
  ["quotes", "\"'"],
  ["open settings", "password=$X "],
  ["settings without a value", "password: "],
  ["short settings", "key="],
  ["here documents", "cat <<A\n"],
  ["addresses", "http://a:$b@c "],
  ["starts of private keys", "-----BEGIN RSA PRIVATE KEY-----\n"],
  ["starts of tokens", "eyJ"],
  ["colons", ":"],
  ["logins", "a:b@"],
  ["headers", "Authorization: Bearer "],
  ["commands in comments", "# mysql -p$X -u root\n"],
  ["users of a server", "user a:b\n"],
  ["statements of SQL", "INSERT INTO a (b) VALUES (c)"],
  ["words that set", "set password "],
  ["functions that call each other", "f(){ g; }; g(){ f; }; f\n"],
  ["loops", "for a in 1 2 3 4 5 6 7 8; do echo $a; done\n"],
  ["variables of PowerShell", "$password = (Get-X)\n", "<powershell>\n"],
  ["literals of PowerShell", '$a1b = "abcdefgh1"\n', "<powershell>\n"],
  ["mappings", "password: {}\n", "#cloud-config\n"],
  ["pairs", "user=a:b,"],
  ["dotted names", "password."],
  ["dashed names", "-password-"],
  ["assignments of assignments", "password="],
  ["paths", "/password"],
  ["calls", "connect("],
  ["settings of JSON", '"password":"'],
  ["options", "-a -b "],
  ["commands in quotes", "a \"b -c 'd -e "],
  ["spaces behind an anchor", " ", "#cloud-config\na: &a b\n"],
];

/** Texts of the full size that are made to take long, by name. */
export const HOSTILE: ReadonlyMap<string, string> = new Map([
  ...REPEATED.map(
    ([name, piece, start = ""]) => [name, (start + piece.repeat(FULL / piece.length)).slice(0, FULL)] as const,
  ),
  ["base64", Buffer.from("a".repeat((FULL * 3) / 4)).toString("base64")],
  ["random words", digests()],
  ["spaces", `password ${" ".repeat(FULL)}`.slice(0, FULL)],
]);
