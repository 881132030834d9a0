/** The boothook that the component writes, run on a machine of namespaces. */
import { join } from "node:path";
import { lockdownParts, type Reach } from "../../../components/boot/lockdown";
import { needTools } from "../tools";
import { Machine, type Place, type Question } from "./machine";

const V4 = "169.254.169.254";
const V6 = "fd00:ec2::254";
const BOTH = [V4, V6];

const USERS = { root: 0, app: 23001, web: 23002, other: 23003, "ec2-instance-connect": 23004 };
type User = keyof typeof USERS;

const REACHED = ["200", "200"];
/** At once: a timeout would be another word. */
const REFUSED = ["ECONNREFUSED", "ECONNREFUSED"];

/** The machine, as the other side sees it. */
const HOST = "dst 10.0.0.10 or dst [fd00:10::10]";

const hook = (reach: Reach) => lockdownParts(reach).map(({ content }) => content)[0] ?? "";
const LOCKED = hook({ users: ["app"] });

needTools("nft", "ip", "unshare", "python3", "shellcheck", "systemd-analyze");
jest.setTimeout(60_000);

let machine: Machine;

beforeAll(async () => {
  machine = await Machine.make();
  for (const user of ["app", "other", "ec2-instance-connect"] as const) machine.addUser(user, USERS[user]);
});

afterAll(() => machine.destroy());

beforeEach(() => {
  machine.hopLimit = 1;
  machine.start();
  machine.connect();
});

/** How a user fares at each address of the metadata service. */
function as(user: User, place: Place = "host"): string[] {
  return machine.ask(
    BOTH.map((address) => ({ user: USERS[user], address })),
    place,
  );
}

function boot(content: string): void {
  expect(machine.boothook(content)).toMatchObject({ status: 0 });
}

function dockerRules(): void {
  expect(machine.run(["nft", "-f", join(__dirname, "docker.nft")])).toEqual({ status: 0, output: "" });
}

describe("the networks of these tests", () => {
  test("every user and, with a hop limit of 2, every container gets through where nothing is loaded", () => {
    expect(as("other")).toEqual(REACHED);
    expect(as("root", "docker")).toEqual(["timeout", "timeout"]);
    machine.hopLimit = 2;
    expect(as("root", "docker")).toEqual(REACHED);
    dockerRules();
    expect(as("root", "docker")).toEqual(REACHED);
  });
});

describe("named users", () => {
  test("they get through, and so do root and EC2 Instance Connect; the others are refused at once", () => {
    boot(LOCKED);
    const users: User[] = ["root", "app", "ec2-instance-connect", "other"];
    expect(users.map((user) => as(user))).toEqual([REACHED, REACHED, REACHED, REFUSED]);
  });

  test("what they have asked is over when it is over", () => {
    boot(LOCKED);
    expect(as("app")).toEqual(REACHED);
    const pending = () => machine.run(["ss", "-Htan", "state", "last-ack", HOST], "imds").output;
    for (let tries = 0; tries < 20 && pending() !== ""; tries++) machine.run(["sleep", "0.1"]);
    expect(pending()).toBe("");
  });

  test("the user whom the script plays when it tries the rules may be named", () => {
    boot(hook({ users: ["nobody"] }));
    expect(machine.ask(BOTH.map((address) => ({ user: 65534, address })))).toEqual(REACHED);
    expect(as("other")).toEqual(REFUSED);
  });

  test("without names: root, and EC2 Instance Connect", () => {
    boot(hook({ users: [] }));
    expect(as("ec2-instance-connect")).toEqual(REACHED);
    expect(as("app")).toEqual(REFUSED);
  });

  test("root of a user namespace is the user who made it", () => {
    boot(LOCKED);
    const connect = (user: User) =>
      machine.run(
        ["setpriv", `--reuid=${String(USERS[user])}`, "--clear-groups", "unshare", "--user", "--map-root-user"].concat(
          "bash",
          "-c",
          `[ "$(id -u)" = 0 ] && exec 3<>/dev/tcp/${V4}/80`,
        ),
      );
    expect(connect("app").status).toBe(0);
    const { status, output } = connect("other");
    expect(status).toBe(1);
    expect(output).toContain("Connection refused");
  });

  test("nothing but the metadata service is closed, and of that all", () => {
    boot(LOCKED);
    const user = USERS.other;
    const others: Question[] = [
      ...["169.254.169.253", "fd00:ec2::253"].map((address) => ({ user, address, port: 53 })),
      ...["169.254.169.123", "fd00:ec2::123"].map((address) => ({ user, address, port: 123 })),
      ...["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].map((address) => ({ user, address })),
    ];
    const expected = ["answered", "answered", "answered", "answered", "200", "200", "200"];
    expect(machine.ask(others)).toEqual(expected);
    machine.hopLimit = 2;
    expect(machine.ask(others, "docker")).toEqual(expected);
    expect(machine.ask(BOTH.map((address) => ({ user, address, port: 53 })))).toEqual(["EPERM", "EPERM"]);
  });

  test("one who is made later is refused, said on the console, and let through once the unit of the path has run", () => {
    const absent = hook({ users: ["app", "late"] });
    boot(absent);
    expect(as("app")).toEqual(REACHED);
    expect(machine.console).toMatch(/no such user yet: late/);
    const before = machine.console;
    machine.unit("imds-lockdown-again.service");
    expect(machine.console).toBe(before);

    machine.addUser("late", USERS.web);
    expect(as("web")).toEqual(REFUSED);
    machine.unit("imds-lockdown-again.service");
    expect(as("web")).toEqual(REACHED);
    expect(machine.console).toMatch(/closed to all users but: root ec2-instance-connect app late\n$/);
  });
});

describe("containers", () => {
  const modes: [string, Reach, string[]][] = [
    ["users are named", { users: ["app"] }, REFUSED],
    ["only containers are closed", {}, REACHED],
  ];
  test.each(modes)("%s: refused at both hop limits, whatever Docker sets up", (_, reach, other) => {
    boot(hook(reach));
    expect(as("other")).toEqual(other);
    const seen = [1, 2].flatMap((hops) => {
      machine.hopLimit = hops;
      return (["docker", "apps"] as const).map((place) => as("root", place));
    });
    dockerRules();
    seen.push(as("root", "docker"), as("app", "docker"), as("root", "apps"));
    expect(seen).toEqual(Array(7).fill(REFUSED));
  });

  test.each([["br-apps"], ["br-*"]])("behind %s they get through, the others do not", (name) => {
    machine.hopLimit = 2;
    boot(hook({ users: ["app"], interfaces: [name] }));
    dockerRules();
    expect(as("root", "apps")).toEqual(REACHED);
    expect(as("root", "docker")).toEqual(REFUSED);
    expect(as("other")).toEqual(REFUSED);
    machine.hopLimit = 1;
    expect(as("root", "apps")).toEqual(["timeout", "timeout"]);
  });

  test("tasks of ECS with interfaces of their own are left to the agent, unless its file says otherwise", () => {
    boot(LOCKED);
    const configured = (text: string) => {
      machine.write("/etc/ecs/ecs.config", text);
      for (let starts = 0; starts < 2; starts++)
        expect(machine.unit("ecs.service.d/imds-lockdown.conf", "ExecStartPre")).toEqual({ status: 0, output: "" });
      return machine.file("/etc/ecs/ecs.config").split("\n").filter(Boolean);
    };
    expect(configured("ECS_CLUSTER=web")).toEqual(["ECS_CLUSTER=web", "ECS_AWSVPC_BLOCK_IMDS=true"]);
    expect(configured("ECS_AWSVPC_BLOCK_IMDS=false\n")).toEqual(["ECS_AWSVPC_BLOCK_IMDS=false"]);
  });

  test("a destination that is rewritten is seen as what it becomes", () => {
    machine.hopLimit = 2;
    boot(LOCKED);
    dockerRules();
    const rewritten = "198.51.100.7";
    for (const chain of ["PREROUTING", "OUTPUT"])
      machine.run(["nft", "add", "rule", "ip", "nat", chain, "ip", "daddr", rewritten, "dnat", "to", V4]);
    const ask = (user: User, place: Place) => machine.ask([{ user: USERS[user], address: rewritten }], place);
    expect(ask("app", "host")).toEqual(["200"]);
    expect(ask("other", "host")).toEqual(["ECONNREFUSED"]);
    expect(ask("root", "docker")).not.toEqual(["200"]);
  });
});

/** That the rules of `LOCKED` hold. */
function expectLocked(): void {
  machine.hopLimit = 2;
  const local = (["app", "other"] as const).flatMap((user) => BOTH.map((address) => ({ user: USERS[user], address })));
  expect([machine.ask(local), as("root", "docker")]).toEqual([[...REACHED, ...REFUSED], REFUSED]);
}

describe("for good", () => {
  test("loaded again, and run again, it holds once", () => {
    boot(LOCKED);
    const rules = machine.run(["nft", "list", "ruleset"]);
    machine.unit("imds-lockdown.service", "ExecReload");
    boot(LOCKED);
    expect(machine.run(["nft", "list", "ruleset"])).toEqual(rules);
    expectLocked();
  });

  test("at the second boot the unit closes it before there is a network", () => {
    boot(LOCKED);
    machine.start();
    expect(machine.unit("imds-lockdown.service")).toMatchObject({ status: 0 });
    machine.connect();
    expectLocked();
    boot(LOCKED);
    expectLocked();
  });

  test("it leaves other tables alone, and they it", () => {
    dockerRules();
    const tables = () => machine.run(["nft", "list", "tables"]).output.split("\n").filter(Boolean).sort();
    const before = tables();
    boot(LOCKED);
    expect(tables()).toEqual([...before, "table inet imds_lockdown"].sort());
    for (const table of before) machine.run(["nft", "flush", ...table.split(" ")]);
    expectLocked();
    for (const table of before) machine.run(["nft", "delete", ...table.split(" ")]);
    expectLocked();
  });

  test.each(["ExecStartPost", "ExecReload", "ExecStopPost"])("nftables.service flushes all tables: %s", (setting) => {
    boot(LOCKED);
    machine.run(["nft", "flush", "ruleset"]);
    expect(as("other")).toEqual(REACHED);
    machine.unit("nftables.service.d/imds-lockdown.conf", setting);
    expectLocked();
  });

  test("what somebody takes away by hand, the timer's unit brings back", () => {
    boot(LOCKED);
    machine.run(["nft", "flush", "ruleset"]);
    machine.unit("imds-lockdown-again.service");
    expectLocked();
  });

  test("its units are enabled, and those that watch are started", () => {
    boot(LOCKED);
    const units = "imds-lockdown.service imds-lockdown-again.path imds-lockdown-again.timer";
    expect(machine.systemctl).toEqual(["daemon-reload", `enable ${units}`, `--no-block start ${units}`]);
    expect(machine.file("/etc/systemd/system/imds-lockdown.service")).toMatch(
      /^Before=network-pre\.target docker\.service containerd\.service ecs\.service kubelet\.service$/m,
    );
  });
});

describe("what is written", () => {
  const MODES: Reach[] = [{ users: ["app", "web"], interfaces: ["br-apps"] }, { users: [] }, {}];

  test.each(MODES)("shellcheck and systemd-analyze have nothing to say: %j", (reach) => {
    boot(hook(reach));
    for (const script of [hook(reach), machine.file("/usr/local/sbin/imds-lockdown")])
      expect(machine.run(["shellcheck", "-"], "host", script)).toEqual({ status: 0, output: "" });
    const units = ["service", "path", "timer"].map((kind) => `/etc/systemd/system/imds-lockdown-again.${kind}`);
    machine.write("/etc/systemd/system/ecs.service", "[Service]\nExecStart=/bin/true\n");
    units.push("imds-lockdown.service", "nftables.service", "ecs.service");
    expect(machine.run(["systemd-analyze", "verify", "--man=no", ...units])).toEqual({ status: 0, output: "" });
  });
});

describe("when something fails", () => {
  const ROOT_ONLY = [REACHED, ["EACCES", "EACCES"], ["EACCES", "EACCES"]];
  const seen = () => [as("root"), as("app"), as("other")];

  afterEach(() => {
    for (const name of ["nft", "ip", "apt-get", "dnf", "timeout"]) machine.withdraw(name);
  });

  test.each([
    ["refuses the rules", "exit 1"],
    ["loads nothing and says it did", "exit 0"],
  ])("nft %s: root alone, until it takes them", (_, nft) => {
    machine.program("nft", nft);
    machine.hopLimit = 2;
    boot(LOCKED);
    expect(seen()).toEqual(ROOT_ONLY);
    expect(as("root", "docker")).not.toContain("200");
    expect(machine.console).toMatch(/closed to all but root\n$/);

    machine.withdraw("nft");
    machine.unit("imds-lockdown-again.service");
    expectLocked();
    expect(machine.run(["ip", "rule", "show", "pref", "100"]).output).toBe("");
  });

  test("where only containers are closed, they alone stay out", () => {
    machine.program("nft", "exit 1");
    machine.hopLimit = 2;
    boot(hook({ interfaces: ["br-apps"] }));
    expect(as("other")).toEqual(REACHED);
    expect([...as("root", "docker"), ...as("root", "apps")]).not.toContain("200");
  });

  describe("an image without nft", () => {
    afterEach(() => machine.restore());

    test.each(["dnf", "apt-get"])("%s installs it", (manager) => {
      const { install } = machine.remove("nft");
      machine.program(manager, `[[ "$*" == *install*nftables ]] && ${install}; exit 0`);
      boot(LOCKED);
      expectLocked();
      expect(machine.console).toMatch(/closed to all but root\n.*closed to all users but: root .*\n$/);
    });

    test.each(["dnf", "apt-get"])("%s gets no answer: the boot goes on, and root alone passes", (manager) => {
      machine.remove("nft");
      machine.program(manager, "sleep 30\ntouch /run/waited-for\nexit 1");
      machine.program("timeout", 'shift\nexec /usr/bin/timeout 1 "$@"');
      boot(LOCKED);
      expect(machine.run(["test", "-e", "/run/waited-for"]).status).toBe(1);
      expect(seen()).toEqual(ROOT_ONLY);
      expect(machine.console).toMatch(/closed to all but root\n$/);
    });

    test("no way to the repository: root alone", () => {
      machine.remove("nft");
      machine.program("apt-get", "exit 100");
      boot(LOCKED);
      expect(seen()).toEqual(ROOT_ONLY);
    });
  });

  test("nothing closes it: no service is started", () => {
    machine.program("nft", "exit 1");
    machine.program("ip", "exit 1");
    boot(LOCKED);
    expect(machine.systemctl).toContain("--no-block isolate emergency.target");
    expect(machine.console).toMatch(/FAILED/);
    expect(machine.unit("imds-lockdown.service").status).toBe(1);
    expect(machine.file("/etc/systemd/system/imds-lockdown.service")).toMatch(/^OnFailure=emergency\.target$/m);
  });
});
