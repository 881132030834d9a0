/** Programs that install, load, build or apply what they are given: addresses, files, or the folder they stand in. */
import { memoized } from "../memo";
import { isAddress } from "./addresses";
import { NOTHING, joined, type Flow } from "./boot";
import { type Command } from "./command";

interface Installer {
  readonly name: RegExp;
  readonly use: string;
  /** A word without which it does nothing of that kind. */
  readonly verb?: RegExp;
  /** It works on the folder that it is called in. */
  readonly here?: boolean;
  /** A word by which it takes its input; `true`: always. */
  readonly input?: RegExp | true;
  /** Its addresses in configuration, by this name. */
  readonly index?: string;
  /** Options whose value is no source. */
  readonly except?: RegExp;
  /** Options that switch the check of certificates off. */
  readonly unchecked?: RegExp;
  /** Options by which it verifies what it gets. */
  readonly verified?: RegExp;
}

const installed = (tool: string): string => `is installed by ${tool}`;
const applied = (tool: string): string => `is applied by ${tool}`;

const INSTALL =
  /^(?:install|add|i|in|ci|reinstall|update|upgrade|localinstall|localupdate|groupinstall|require|source-install|si)$/;

const PIP = {
  use: installed("pip"),
  index: "pip",
  unchecked: /^--trusted-host(?:=|$)/,
  verified: /^--require-hashes$/,
  except: /^(?:--proxy|--cert|--client-cert|--log|-t|--target|--prefix|--root|--cache-dir)$/,
};
const NPM = { use: installed("npm"), index: "npm", here: true, unchecked: /^--(?:no-strict-ssl|strict-ssl=false)$/ };

const INSTALLERS: readonly Installer[] = [
  // Packages of the system
  {
    name: /^rpm$/,
    use: installed("rpm"),
    verb: /^-(?![a-zA-Z]*[qVKe])[a-zA-Z]*[iUF][a-zA-Z]*$|^--(?:install|upgrade|freshen|reinstall)$/,
    except: /^--(?:httpproxy|httpport|root|dbpath|prefix)$/,
  },
  { name: /^dpkg$/, use: installed("dpkg"), verb: /^-[a-zA-Z]*i[a-zA-Z]*$|^--(?:install|unpack)$/ },
  { name: /^(?:apt|apt-get|aptitude|nala)$/, use: installed("apt"), verb: /^(?:install|reinstall)$/ },
  {
    name: /^(?:yum|dnf|dnf5|tdnf|microdnf|rpm-ostree|yum-builddep)$/,
    use: installed("yum"),
    verb: INSTALL,
    except: /^--(?:setopt|repofrompath|installroot)$/,
    verified: /^--setopt=(?:main\.)?localpkg_gpgcheck=(?:1|true)$/,
  },
  { name: /^zypper$/, use: installed("zypper"), verb: INSTALL },
  { name: /^gdebi(?:-gtk)?$/, use: installed("gdebi") },
  { name: /^apk$/, use: installed("apk"), verb: /^add$/, except: /^(?:-X|--repository|--keys-dir)$/ },
  { name: /^pacman$|^yay$/, use: installed("pacman"), verb: /^-[A-Za-z]*U[A-Za-z]*$|^--upgrade$/ },
  { name: /^snap$/, use: installed("snap"), verb: /^(?:install|try)$/ },
  { name: /^flatpak$/, use: installed("flatpak"), verb: /^(?:install|remote-add)$/ },
  {
    name: /^(?:debootstrap|cdebootstrap|mmdebstrap)$/,
    use: installed("debootstrap"),
    verb: /^--no-check-gpg$|^--aptopt=.*[Uu]nauth/,
  },
  {
    name: /^(?:brew|pkg|opkg|emerge|xbps-install|eopkg|guix|nix-env|nix|swupd)$/,
    use: installed("a package manager"),
    verb: /^(?:install|add|tap|reinstall|-i|-iA|-f|profile|run|shell|develop)$/,
  },
  { name: /^installer$|^hdiutil$/, use: installed("the system"), verb: /^(?:-pkg|attach|mount)$/ },
  { name: /^alien$/, use: installed("alien") },
  // Packages of languages
  { name: /^pip$/, verb: /^(?:install|download|wheel)$/, ...PIP },
  {
    name: /^(?:pipx|uv|uvx|poetry|pdm|pipenv|rye|hatch|easy_install|conda-pip)$/,
    ...PIP,
    verb: /^(?:install|add|sync|run|inject|tool|https?:.*|-f|-i|--from)$/,
    unchecked: /^--(?:trusted-host|allow-insecure-host)(?:=|$)/,
    here: true,
  },
  {
    name: /^(?:conda|mamba|micromamba)$/,
    use: installed("conda"),
    verb: /^(?:install|create|update|env)$/,
    index: "conda",
    unchecked: /^(?:--insecure|-k)$/,
  },
  {
    name: /^(?:npm|pnpm|cnpm)$/,
    ...NPM,
    verb: /^(?:install|i|ci|add|exec|update|up|start|run|run-script|rebuild|build|dlx)$/,
  },
  { name: /^npx$|^bunx$/, ...NPM },
  { name: /^yarn$/, ...NPM, verb: /^(?:install|add|global|dlx|start|run|build|--\S+)$|^$/ },
  {
    name: /^bun$|^deno$/,
    ...NPM,
    verb: /^(?:install|add|run|i|x|start|compile|cache)$/,
    unchecked: /^--unsafely-ignore-certificate-errors/,
  },
  {
    name: /^gem$/,
    use: installed("gem"),
    verb: /^(?:install|i|update|fetch)$/,
    index: "gem",
    except: /^(?:-p|--http-proxy)$/,
  },
  {
    name: /^bundler?$/,
    use: installed("Bundler"),
    verb: /^(?:install|update|add|exec)$|^$/,
    index: "bundle",
    here: true,
  },
  {
    name: /^composer$/,
    use: installed("Composer"),
    verb: /^(?:install|update|require|create-project|global)$/,
    index: "composer",
    here: true,
  },
  { name: /^(?:cpan|cpanm|cpanminus|cpm|carton)$/, use: installed("CPAN"), index: "cpan", here: true },
  {
    name: /^(?:pecl|pear|luarocks|opam|cabal|stack|mix|rebar3|nimble|dub|shards|raco|cs|coursier|sdk|asdf|mise|nvm|n|fnm|pyenv|rbenv|rustup)$/,
    use: installed("a package manager"),
    verb: /^(?:install|upgrade|channel-\w+|plugin|plugin-add|deps\.get|get|use|fetch|launch|bootstrap|toolchain|local|\d[\d.]*|lts|latest)$/,
    index: "mirror",
  },
  { name: /^go$/, use: "is built by Go", verb: /^(?:install|get|run|build|generate)$/, index: "go", here: true },
  { name: /^cargo$/, use: "is built by Cargo", verb: /^(?:install|build|run)$/, index: "cargo", here: true },
  {
    name: /^(?:mvn|mvnw|mvnd|gradle|gradlew|sbt|lein|ant|mill|bazel|bazelisk|buck2?|pants)$/,
    use: "is built by a build tool",
    index: "maven",
    here: true,
    except: /^-D(?:alt\w*|https?\.proxy\w*|sonar\S*|url|site\S*)$/,
  },
  { name: /^(?:R|Rscript)$/, use: installed("R"), verb: /^CMD$|^INSTALL$/ },
  {
    name: /^(?:nuget|dotnet|paket)$/,
    use: installed("NuGet"),
    verb: /^(?:install|restore|add|tool|update|run|build|publish)$/,
    index: "nuget",
    here: true,
  },
  {
    name: /^(?:choco|chocolatey|cinst|cup)$/,
    use: installed("Chocolatey"),
    verb: /^(?:install|upgrade|update)$|^$/,
    index: "choco",
    except: /^--proxy/,
  },
  {
    name: /^(?:winget|scoop)$/,
    use: installed("a package manager"),
    verb: /^(?:install|add|import|upgrade|configure)$/,
    index: "winget",
  },
  { name: /^msiexec$/i, use: installed("msiexec"), verb: /^[/-](?:i|package|p|update|a)$/i },
  {
    name: /^(?:Add-AppxPackage|Add-AppxProvisionedPackage|dism|wusa|pnputil|Install-Package)$/i,
    use: installed("Windows"),
  },
  // Containers, clusters and machines
  {
    name: /^(?:docker|podman|nerdctl|buildah|finch)$/,
    use: "is loaded as a container image",
    verb: /^(?:load|import|pull-archive)$/,
    input: /^(?:load|-)$/,
  },
  {
    name: /^(?:docker|podman|nerdctl|buildah|buildctl|kaniko|pack|img|finch)$/,
    use: "is built by Docker",
    verb: /^(?:build|buildx|bud|bake)$/,
    here: true,
    input: /^-$/,
    except: /^--(?:build-arg|label|add-host|env|build-context-proxy)$/,
  },
  {
    name: /^(?:docker|podman|nerdctl|finch)$/,
    use: "is run by Compose",
    verb: /^(?:compose|stack|play|kube)$/,
    here: true,
    input: /^-$/,
    except: /^(?:-e|--env|--env-file|--label|-l|--entrypoint)$/,
  },
  { name: /^(?:docker|podman)-compose$/, use: "is run by Compose", here: true, input: /^-$/ },
  {
    name: /^(?:ctr|k3s|microk8s|crictl|skopeo|crane|minikube|kind|nerdctl)$/,
    use: "is loaded as a container image",
    verb: /^(?:import|load|copy|push|image|images)$/,
    input: /^-$/,
  },
  {
    name: /^(?:kubectl|oc|microk8s\.kubectl|k3s|microk8s|k0s|rke2|kapp|kubeadm)$/,
    use: applied("kubectl"),
    verb: /^(?:apply|create|replace|deploy|patch|run|expose|set|kustomize)$/,
    input: /^-$/,
    except:
      /^--(?:server|kubeconfig|from-literal|from-file|from-env-file|env|image|overrides|namespace|certificate-authority|token|as)$|^-[nls]$/,
  },
  { name: /^kustomize$/, use: applied("kubectl"), verb: /^build$/ },
  {
    name: /^helm$/,
    use: installed("Helm"),
    verb: /^(?:install|upgrade|template|pull|fetch|plugin|dependency|dep)$/,
    index: "helm",
    except: /^--(?:set\S*|values|kubeconfig|kube-\S+|keyring|ca-file|description|post-renderer|namespace)$|^-[fn]$/,
    unchecked: /^--insecure-skip-tls-verify$/,
    verified: /^--verify$/,
  },
  {
    name: /^(?:helmfile|flux|argocd|skaffold|tilt|nomad|juju|consul-template)$/,
    use: applied("a deployment tool"),
    verb: /^(?:apply|sync|install|bootstrap|deploy|run|up|job|create)$/,
  },
  {
    name: /^(?:virt-install|virsh|virt-customize|qemu-system-\S+|qemu-kvm|vagrant|multipass|lxc|incus|firecracker|kvm|VBoxManage)$/,
    use: "is run as a machine",
    verb: /^(?:--?(?:location|import|disk|cdrom|kernel|drive|hda|box-url)\S*|create|define|box|launch|image|import|up)$/,
  },
  // Configuration management
  {
    name: /^ansible-pull$/,
    use: applied("Ansible"),
    here: false,
    verified: /^--verify-commit$/,
    except: /^(?:-e|--extra-vars)$/,
  },
  {
    name: /^ansible-playbook$/,
    use: applied("Ansible"),
    here: true,
    except: /^(?:-e|--extra-vars|-i|--inventory|--private-key|--vault-password-file)$/,
  },
  {
    name: /^ansible-galaxy$/,
    use: installed("Ansible"),
    verb: /^install$/,
    index: "ansible",
    unchecked: /^(?:-c|--ignore-certs)$/,
  },
  {
    name: /^(?:chef-solo|chef-client|chef-apply|chef-run|chef-zero|chef|knife|inspec|hab|cinc-\w+)$/,
    use: applied("Chef"),
    except: /^(?:-S|--server|-s)$/,
  },
  {
    name: /^(?:puppet|bolt|r10k|librarian-puppet)$/,
    use: applied("Puppet"),
    verb: /^(?:apply|install|deploy|upgrade|plan|script)$/,
    except: /^--(?:server|ca_server|http_proxy_host)$/,
  },
  { name: /^(?:salt-call|salt-ssh|salt)$/, use: applied("Salt"), except: /^--(?:master|pillar|proxy)$/ },
  {
    name: /^(?:terraform|tofu|terragrunt|pulumi|packer|cdk|serverless|sls|sam|cfn)$/,
    use: applied("a deployment tool"),
    verb: /^(?:init|apply|plan|up|build|deploy|get|plugin|plugins)$/,
    here: true,
    except: /^-(?:var|var-file|backend-config)$/,
  },
  // Programs that build or load
  {
    name: /^(?:g?make|cmake|ninja|meson|scons|waf|rake|just|task|invoke|fab|nox|tox|dkms|configure|autoreconf|autogen\.sh|checkinstall|rpmbuild|debuild|dpkg-buildpackage|makepkg|gcc|g\+\+|cc|c\+\+|clang|rustc|javac)$/,
    use: "is built and run",
    here: true,
    except: /^-[DoIL]$/,
  },
  { name: /^kexec$/, use: "is started as a kernel" },
  {
    name: /^(?:insmod|modprobe|mokutil|fwupdmgr|fwupdtool|flashrom|nvidia-installer|rmmod)$/,
    use: "is loaded by the kernel",
  },
  {
    name: /^(?:pm2|forever|supervisord|circusd|honcho|foreman|overmind|goreman|monit|runsvdir|runsv|s6-svscan|uwsgi|gunicorn|uvicorn|hypercorn|daphne|streamlit|flask|celery|puma|unicorn|thin|rackup|rails|passenger|artisan|symfony|next|nuxt|serve|nodemon|jupyter|papermill|airflow|prefect|dagster|locust|k6|spark-submit|spark-shell|pyspark|flink|hadoop|storm|beam|nextflow|snakemake|cromwell)$/,
    use: "is run by a server",
    here: true,
    except: /^--(?:conf|master|host|bind|env|url|api|backend|server)$|^-[Heb]$/,
  },
  { name: /^(?:psql|mysql|mariadb|sqlplus|sqlcmd|mongo|mongosh)$/, use: "is run by a database", verb: /^$/ },
  // Plugins
  {
    name: /^(?:[\w-]{1,40}-plugin|[\w-]{1,40}-plugins|grafana-cli|grafana|wp|drush|drupal|kibana|logstash|jenkins-cli|jenkins-plugin-cli|confluent-hub|code|code-server|krew|rabbitmq-plugins|fluent-gem|td-agent-gem|sonar|nifi|kong|vault|traefik|caddy|xcaddy|neo4j-admin|moodle|omero|ckan|gcloud|az|heroku|cf|tea|gh|glab)$/,
    use: "is installed as a plugin",
    verb: /^(?:install|plugins?|extension|extensions|plugin-install|theme|--install-extension|add|core|build)$/,
    except: /^--(?:url|path|siteurl|server|host|api-url|title|admin_\w+|set|var)$/,
  },
];

const installersOf = memoized((program) => INSTALLERS.filter(({ name }) => name.test(program)), 1 << 12);

/** What an installer takes; nothing where the command is none. */
export function installs(command: Command): Flow | undefined {
  const known = installersOf(command.program).filter(({ verb }) => hasVerb(command, verb));
  for (const each of known) take(command, each);
  return known.length > 0 ? NOTHING : undefined;
}

function hasVerb({ words }: Command, verb: RegExp | undefined): boolean {
  if (!verb) return true;
  return words.length === 1 ? verb.test("") : words.some((word, index) => index > 0 && verb.test(word));
}

function take(command: Command, known: Installer): void {
  const { words, boot } = command;
  if (known.verified && words.some((word) => known.verified?.test(word))) return;
  const unchecked =
    (known.index !== undefined && boot.unchecked.has(known.index)) ||
    words.some((word) => known.unchecked?.test(word) === true);
  const given = words.flatMap((word, index) => (index > 0 && !isExcepted(command, index, known) ? word : []));
  const addresses = given.flatMap((word) => addressIn(word));
  if (known.index !== undefined && hashed(command, known.index)) return;
  command.use(command.sources(addresses, { unchecked }), known.use);
  if (known.index !== undefined) command.use({ sources: boot.indexesOf(known.index) }, known.use);
  files(command, known);
}

/** The value of an option that is no source, in the same word or the next one. */
function isExcepted({ words }: Command, index: number, { except }: Installer): boolean {
  const word = words[index] ?? "";
  const before = words[index - 1] ?? "";
  const option = /^-{1,2}[A-Za-z][\w.-]*(?==)/.exec(word)?.[0];
  const named = (name: string): boolean =>
    except?.test(name) === true || /^--?(?:[\w-]*proxy|referer|user-agent|webhook\S*|callback\S*)$/i.test(name);
  return option !== undefined ? named(option) : before.startsWith("-") && !word.startsWith("-") && named(before);
}

/** An address by itself, behind an option, behind a name: `--source=…`, `lab,http://…`, `name @ http://…`. */
function addressIn(word: string): readonly string[] {
  if (isAddress(word)) return [word];
  const at = /(?:^-{0,2}[\w.@/:[\]-]{1,80}[=,@]["']?\s?)((?:git\+|sparse\+)?(?:https?|ftp|git):\/\/.*)$/i.exec(word);
  return at ? [(at[1] ?? "").replace(/["']$/, "")] : [];
}

/** pip compares digests where the requirements have some (pip, "Secure installs"). */
function hashed(command: Command, index: string): boolean {
  if (command.boot.hashed.has(index)) return true;
  if (index !== "pip") return false;
  const lists = command.words.flatMap((word, at) =>
    /^(?:-r|--requirement)$/.test(command.words[at - 1] ?? "") ? word : [],
  );
  const texts = lists.flatMap((file) => command.boot.at(command.path(file)).texts);
  return texts.some(({ text }) => text.includes("--hash=")) || command.words.some((word) => word.includes("#sha256="));
}

function files(command: Command, known: Installer): void {
  const flows: Flow[] = [];
  for (const index of command.words.keys()) {
    if (index === 0 || isExcepted(command, index, known)) continue;
    const word = command.word(index);
    flows.push(command.below(index), attached(command, word));
    if (known.input !== undefined && known.input !== true && known.input.test(word)) flows.push(command.input);
  }
  if (known.here === true && command.where.folder !== "") flows.push(command.boot.below(command.where.folder));
  command.use(joined(flows), known.use);
}

/** A path behind an option in the same word. */
function attached(command: Command, word: string): Flow {
  const path = /^-{1,2}[\w-]{1,40}=(\S{1,500})$/.exec(word)?.[1] ?? /^-[A-Za-z](\/\S{1,500})$/.exec(word)?.[1];
  return path === undefined ? NOTHING : command.boot.below(command.path(path));
}
