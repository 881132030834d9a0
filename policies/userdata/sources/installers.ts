/** Programs that install, load, build or apply what they are given, and by which words. */

export interface Installer {
  readonly name: RegExp;
  readonly use: string;
  /** A word without which it does nothing of that kind; the empty word where it is called alone. */
  readonly verb?: RegExp;
  /** It works on the folder that it is called in. */
  readonly here?: boolean;
  /** Files that it takes from that folder, whichever it is. */
  readonly files?: readonly string[];
  /** A word by which it takes its input. */
  readonly input?: RegExp;
  /** What it is told beforehand is remembered by this name. */
  readonly index?: string;
  /** Which addresses it takes, if not all among its words: the first word behind the verb, or none but those of options. */
  readonly takes?: "first" | "options";
  /** Options whose address it takes then. */
  readonly from?: RegExp;
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

const SYSTEM: readonly Installer[] = [
  {
    name: /^rpm$/,
    use: installed("rpm"),
    verb: /^-(?![a-zA-Z]*[qVKe])[a-zA-Z]*[iUF][a-zA-Z]*$|^--(?:install|upgrade|freshen|reinstall)$/,
    except: /^--(?:httpport|root|dbpath|prefix)$/,
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
  { name: /^(?:pacman|yay|paru)$/, use: installed("pacman"), verb: /^-[A-Za-z]*U[A-Za-z]*$|^--upgrade$/ },
  { name: /^snap$/, use: installed("snap"), verb: /^(?:install|try)$/ },
  { name: /^flatpak$/, use: installed("flatpak"), verb: /^(?:install|remote-add)$/ },
  {
    name: /^(?:c?debootstrap|mmdebstrap)$/,
    use: installed("debootstrap"),
    verb: /^--no-check-gpg$|^--aptopt=.*unauth/i,
  },
  {
    name: /^(?:brew|pkg|opkg|emerge|xbps-install|eopkg|guix|nix-env|nix-channel|swupd)$/,
    use: installed("a package manager"),
    verb: /^(?:install|add|--add|tap|reinstall|-i|-iA|-f)$/,
  },
  { name: /^(?:installer|hdiutil)$/, use: installed("the system"), verb: /^(?:-pkg|attach|mount)$/ },
  { name: /^alien$/, use: installed("alien") },
  { name: /^msiexec$/i, use: installed("msiexec"), verb: /^[/-](?:i|package|p|update|a)$/i },
  {
    name: /^(?:choco|chocolatey)$/,
    use: installed("Chocolatey"),
    verb: /^(?:install|upgrade|update)$/,
    index: "choco",
  },
  { name: /^(?:cinst|cup)$/, use: installed("Chocolatey"), index: "choco" },
  {
    name: /^(?:winget|scoop)$/,
    use: installed("a package manager"),
    verb: /^(?:install|add|import|upgrade|configure)$/,
    index: "winget",
  },
  { name: /^(?:dism|wusa|pnputil)$/i, use: installed("Windows") },
];

const PIP = {
  use: installed("pip"),
  index: "pip",
  unchecked: /^--(?:trusted-host|allow-insecure-host)(?:=|$)/,
  verified: /^--require-hashes$/,
  except: /^(?:--cert|--client-cert|--log|-t|--target|--prefix|--root|--cache-dir)$/,
};

const NPM = { use: installed("npm"), index: "npm", unchecked: /^--(?:no-strict-ssl|strict-ssl=false)$/ };
const REGISTRY = /^--(?:registry|index-url|extra-index-url|index|default-index|from|spec)$/;

const LANGUAGES: readonly Installer[] = [
  { ...PIP, name: /^pip$/, verb: /^(?:install|download|wheel)$/ },
  {
    ...PIP,
    name: /^(?:uv|poetry|pdm|pipenv|rye|pipx)$/,
    verb: /^(?:install|add|sync|inject|update|lock)$/,
    here: true,
  },
  { ...PIP, name: /^(?:uv|uvx|pipx)$/, verb: /^(?:run|tool|--from|https?:.*)$/, takes: "first", from: REGISTRY },
  { ...PIP, name: /^easy_install$/ },
  {
    name: /^(?:conda|mamba|micromamba)$/,
    use: installed("conda"),
    verb: /^(?:install|create|update|env)$/,
    index: "conda",
    unchecked: /^(?:--insecure|-k)$/,
  },
  { ...NPM, name: /^(?:npm|pnpm|cnpm|bun)$/, verb: /^(?:install|i|ci|add|update|up|rebuild)$/, here: true },
  { ...NPM, name: /^yarn$/, verb: /^(?:install|add|global|--\S+)$|^$/, here: true },
  {
    ...NPM,
    name: /^(?:npm|pnpm|yarn|bun|deno)$/,
    verb: /^(?:exec|start|run|run-script|build|dlx|x|install|compile|cache)$/,
    here: true,
    takes: "first",
    from: REGISTRY,
    unchecked: /^--(?:no-strict-ssl|strict-ssl=false|unsafely-ignore-certificate-errors\S*)$/,
  },
  { ...NPM, name: /^(?:npx|bunx)$/, takes: "first", from: REGISTRY },
  { name: /^gem$/, use: installed("gem"), verb: /^(?:install|i|update|fetch)$/, index: "gem", except: /^-p$/ },
  { name: /^bundler?$/, use: installed("Bundler"), verb: /^(?:install|update|add)$|^$/, index: "bundle", here: true },
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
    verb: /^(?:install|upgrade|channel-\w+|plugin|plugin-add|deps\.get|get|use|fetch|bootstrap|toolchain|local|\d[\d.]*|lts|latest)$/,
    index: "mirror",
  },
  {
    name: /^go$/,
    use: "is built by Go",
    verb: /^(?:install|get|run|build|generate)$/,
    index: "go",
    here: true,
    takes: "options",
  },
  {
    name: /^cargo$/,
    use: "is built by Cargo",
    verb: /^(?:install|build|run)$/,
    index: "cargo",
    here: true,
    takes: "options",
    from: /^--(?:git|index|registry)$/,
  },
  {
    name: /^(?:mvn|mvnw|mvnd|gradle|gradlew|sbt|lein|ant|mill|bazel|bazelisk|buck2?|pants)$/,
    use: "is built by a build tool",
    index: "maven",
    here: true,
    takes: "options",
    from: /^-D(?:remoteRepositories|repoUrl|repository\w*|mirror\w*)$/,
  },
  { name: /^(?:R|Rscript)$/, use: installed("R"), verb: /^(?:CMD|INSTALL)$/, index: "R" },
  {
    name: /^(?:nuget|dotnet|paket)$/,
    use: installed("NuGet"),
    verb: /^(?:install|restore|add|tool|update|run|build|publish)$/,
    index: "nuget",
    here: true,
    takes: "options",
    from: /^--?(?:source|add-source|s|fallbacksource)$/i,
  },
];

const CONTAINERS: readonly Installer[] = [
  {
    name: /^(?:docker|podman|nerdctl|buildah|finch)$/,
    use: "is loaded as a container image",
    verb: /^(?:load|import)$/,
    input: /^(?:load|-)$/,
  },
  {
    name: /^(?:docker|podman|nerdctl|buildah|buildctl|kaniko|pack|finch)$/,
    use: "is built by Docker",
    verb: /^(?:build|bud|bake)$/,
    here: true,
    input: /^-$/,
    except: /^--(?:build-arg|build-context|label|annotation|add-host|env|driver-opt|secret)$/,
  },
  {
    name: /^(?:docker|podman|nerdctl|finch|docker-compose|podman-compose)$/,
    use: "is run by Compose",
    verb: /^(?:up|deploy)$/,
    here: true,
    files: ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"],
    input: /^-$/,
    takes: "options",
    from: /^(?:-f|--file|-c|--compose-file)$/,
    except: /^(?:-e|--env|--env-file|--label|-l|--entrypoint|-v|--volume|--mount|-w|--workdir|--name)$/,
  },
  { name: /^podman$/, use: applied("kubectl"), verb: /^(?:play|kube)$/, input: /^-$/ },
  {
    name: /^(?:ctr|k3s|microk8s|crictl|skopeo|crane|minikube|kind)$/,
    use: "is loaded as a container image",
    verb: /^(?:import|load|copy|images?)$/,
    input: /^-$/,
  },
  {
    name: /^(?:kubectl|oc|k3s|microk8s|k0s|rke2|kapp)$/,
    use: applied("kubectl"),
    verb: /^(?:apply|create|replace|deploy)$/,
    input: /^-$/,
    takes: "options",
    from: /^(?:-f|--filename|-k|--kustomize)$/,
    except: /^--(?:kubeconfig|from-file|from-env-file|certificate-authority)$/,
  },
  { name: /^kustomize$/, use: applied("kubectl"), verb: /^build$/ },
  {
    name: /^helm$/,
    use: installed("Helm"),
    verb: /^(?:install|upgrade|template|pull|fetch|plugin|dependency|dep)$/,
    index: "helm",
    except: /^(?:--(?:set\S*|values|kubeconfig|kube-\S+|keyring|ca-file|description|namespace)|-[fn])$/,
    unchecked: /^--insecure-skip-tls-verify$/,
    verified: /^--verify$/,
  },
  {
    name: /^(?:helmfile|flux|argocd|skaffold|nomad|juju)$/,
    use: applied("a deployment tool"),
    verb: /^(?:apply|sync|install|bootstrap|deploy|run|up|create)$/,
    input: /^-$/,
    except: /^--?(?:var|config|set|values|env)$/,
  },
  {
    name: /^(?:virt-install|virsh|virt-customize|qemu-system-\S+|qemu-kvm|vagrant|multipass|lxc|incus|firecracker|kvm|VBoxManage)$/,
    use: "is run as a machine",
    verb: /^(?:--?(?:location|import|disk|cdrom|kernel|drive|hda|box-url)\S*|create|define|box|launch|image|import|up)$/,
  },
];

const MANAGEMENT: readonly Installer[] = [
  {
    name: /^ansible-pull$/,
    use: applied("Ansible"),
    takes: "options",
    from: /^(?:-U|--url)$/,
    verified: /^--verify-commit$/,
  },
  {
    name: /^ansible-playbook$/,
    use: applied("Ansible"),
    here: true,
    takes: "options",
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
    name: /^(?:chef-solo|chef-client|chef-apply|chef-run|chef-zero|cinc-\w+|hab)$/,
    use: applied("Chef"),
    takes: "options",
    from: /^(?:-r|--recipe-url|-u)$/,
    except: /^(?:-j|--json-attributes)$/,
  },
  {
    name: /^(?:puppet|bolt|r10k|librarian-puppet)$/,
    use: applied("Puppet"),
    verb: /^(?:apply|install|deploy|upgrade|plan|script)$/,
    except: /^--(?:server|ca_server|http_proxy_host)$/,
  },
  { name: /^salt-(?:call|ssh)$/, use: applied("Salt"), takes: "options" },
  {
    name: /^(?:terraform|tofu|terragrunt|pulumi|packer|cdk|serverless|sls|sam)$/,
    use: applied("a deployment tool"),
    index: "terraform",
    verb: /^(?:init|apply|plan|up|build|deploy|get|plugins?)$/,
    here: true,
    takes: "options",
    from: /^-from-module$/,
    except: /^--?(?:var|var-file|backend-config)$/,
  },
];

const BUILDERS: readonly Installer[] = [
  {
    name: /^(?:g?make|cmake|ninja|meson|scons|waf|rake|just|task|invoke|fab|nox|tox|dkms|configure|autoreconf|autogen\.sh|checkinstall|rpmbuild|debuild|dpkg-buildpackage|makepkg|gcc|g\+\+|cc|c\+\+|clang|rustc|javac)$/,
    use: "is built and run",
    here: true,
    takes: "options",
    except: /^-[DoIL]$/,
  },
  { name: /^bundler?$/, use: "is built and run", verb: /^exec$/, here: true, takes: "options" },
  { name: /^kexec$/, use: "is started as a kernel" },
  { name: /^(?:insmod|modprobe|mokutil|fwupdmgr|fwupdtool|flashrom)$/, use: "is loaded by the kernel" },
  {
    name: /^(?:pm2|forever|supervisord|circusd|honcho|foreman|overmind|goreman|monit|runsvdir|runsv|s6-svscan|uwsgi|gunicorn|uvicorn|hypercorn|daphne|streamlit|flask|celery|puma|unicorn|thin|rackup|rails|symfony|next|nuxt|nodemon|jupyter|papermill|airflow|dagster|locust|k6|flink|hadoop|storm|nextflow|snakemake)$/,
    use: "is run by a server",
    here: true,
    takes: "options",
    except: /^--?(?:conf|env|bind|H|b|e)$/,
  },
  {
    name: /^(?:spark-submit|spark-shell|pyspark)$/,
    use: "is run by a server",
    takes: "first",
    from: /^--(?:jars|py-files|repositories|class)$/,
    except: /^--(?:conf|properties-file)$/,
  },
];

const PLUGINS: readonly Installer[] = [
  {
    name: /^(?:[\w-]{1,40}-plugins?|grafana-cli|grafana|wp|drush|kibana|logstash|jenkins-cli|jenkins-plugin-cli|confluent-hub|code|code-server|fluent-gem|td-agent-gem)$/,
    use: "is installed as a plugin",
    verb: /^(?:install|plugins?|extensions?|plugin-install|theme|--install-extension)$/,
    except: /^--(?:url|path|siteurl|server|host|homepath|config|configOverrides)$/,
  },
];

export const INSTALLERS: readonly Installer[] = [
  ...SYSTEM,
  ...LANGUAGES,
  ...CONTAINERS,
  ...MANAGEMENT,
  ...BUILDERS,
  ...PLUGINS,
];
