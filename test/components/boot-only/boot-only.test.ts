import { bootOnlyParts } from "../../../components/boot/boot-only";
import type { BootPart } from "../../../components/boot/part";
import { World, type Call } from "./world";

const ALL_OFF = { machine: { v4: "403", v6: "403" }, container: { v4: "403", v6: "403" } };
const CLOSED = { machine: { v4: "000", v6: "000" }, container: { v4: "000", v6: "000" } };
const STATE = "disk/var/lib/ec2-hardening";

const worlds: World[] = [];
afterEach(() => worlds.splice(0).forEach((world) => world.end()));

function world(options?: { call?: Call; ipv6?: boolean }): World {
  const made = new World(options);
  worlds.push(made);
  return made;
}

/** What the user's own scripts do in between: they read metadata, from the file and from IMDS. */
const USER: BootPart = {
  name: "user",
  kind: "script",
  content: `#!/bin/bash
. /var/lib/ec2-hardening/metadata.env
token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token) || exit 1
echo "user $EC2_INSTANCE_ID $AWS_REGION \${#token}" >>/world/log
`,
};

/** Seconds in which nothing is to succeed. */
const IMPATIENT = 1;

function parts(between: readonly BootPart[] = [USER], patience = 60): readonly BootPart[] {
  const { first, last } = bootOnlyParts({ image: "al2023", patience });
  return [...first, ...between, ...last];
}

describe("a first boot", () => {
  test("turns the endpoint off, after everything else", () => {
    const machine = world({ ipv6: true });
    expect(machine.boot(parts())).toBe(0);
    expect(machine.reach).toEqual(ALL_OFF);
    const steps = machine.log.filter((line) => !line.startsWith("imds"));
    expect(steps).toEqual([
      "part metadata-file.sh",
      "part boot-only-install.sh",
      "systemctl daemon-reload",
      "systemctl enable ec2-hardening-imds-off.service",
      "part user",
      "user i-0123456789abcdef0 eu-central-1 16",
      "part boot-only-off.sh",
      "systemctl start ec2-hardening-imds-off.service",
      "aws ec2 modify-instance-metadata-options --instance-id i-0123456789abcdef0 --region eu-central-1 --http-endpoint disabled --output text",
    ]);
    expect(machine.log.filter((line) => line.startsWith("imds")).at(-1)).toMatch(/ 403$/);
  });

  test("writes what programs need where only root reads it", () => {
    const machine = world();
    machine.boot(parts());
    expect(JSON.parse(machine.read(`${STATE}/metadata.json`))).toEqual({
      instanceId: "i-0123456789abcdef0",
      accountId: "123456789012",
      partition: "aws",
      region: "eu-central-1",
      availabilityZone: "eu-central-1a",
      localIpv4: "10.0.0.2",
      imageId: "ami-0123456789abcdef0",
    });
    const modes = ["", "/metadata.json", "/metadata.env"].map((file) => machine.mode(STATE + file));
    expect(modes).toEqual(["700 0", "600 0", "600 0"]);
  });

  test("is done where the machine has no IPv6 endpoint", () => {
    const machine = world();
    expect(machine.boot(parts())).toBe(0);
    expect(machine.reach.machine.v4).toBe("403");
  });

  test.each<Call>(["later", "second"])("waits, and asks again: a call that works %s", (call) => {
    const machine = world({ call, ipv6: true });
    expect(machine.boot(parts([USER], 30))).toBe(0);
    expect(machine.reach).toEqual(ALL_OFF);
    expect(machine.console).not.toContain("FAILED");
  });

  test("turns the endpoint off although a script of the user failed", () => {
    const machine = world();
    const failing: BootPart = { name: "user", kind: "script", content: "#!/bin/bash\nexit 7\n" };
    expect(machine.boot(parts([failing]))).toBe(1);
    expect(machine.reach.machine.v4).toBe("403");
  });
});

describe("where the endpoint cannot be turned off", () => {
  test.each<[Call, string]>([
    ["denied", "EC2 answered UnauthorizedOperation"],
    ["ignored", "EC2 accepted it, but the endpoint still answers"],
  ])("%s: nobody reaches it, the boot has failed, the console says so", (call, reason) => {
    const machine = world({ call, ipv6: true });
    expect(machine.boot(parts([USER], IMPATIENT))).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
    expect(machine.console).toContain("FAILED");
    expect(machine.console).toContain(reason);
  });

  test("the IPv4 endpoint is off, but not the one of IPv6", () => {
    const machine = world({ call: "ignored", ipv6: true });
    const halfOff: BootPart = { name: "half", kind: "script", content: "touch /world/off4\n" };
    expect(machine.boot(parts([halfOff], IMPATIENT))).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
  });

  test.each([
    ["aws is missing", "rm /world/stubs/aws", "aws is not installed"],
    ["metadata is missing", "rm /var/lib/ec2-hardening/metadata.env", "metadata.env is missing"],
    ["cloud-init is unknown", "rm -r /var/lib/cloud/instance", "cloud-init could not be pinned"],
  ])("%s", (_, breaks, reason) => {
    const machine = world({ ipv6: true });
    expect(machine.boot(parts([{ name: "broken", kind: "script", content: breaks }], IMPATIENT))).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
    expect(machine.console).toContain(reason);
  });

  test("the program itself is missing", () => {
    const machine = world({ ipv6: true });
    const { last } = bootOnlyParts({ image: "al2023" });
    expect(machine.boot(last)).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
    expect(machine.console).toContain("FAILED");
  });

  test.each(["nft", "ip"])("%s does not work either: the other one closes it", (tool) => {
    const machine = world({ call: "denied", ipv6: true });
    machine.stub(tool, "exit 1");
    expect(machine.boot(parts([USER], IMPATIENT))).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
  });

  test("a second attempt in the same boot opens what it closed, and succeeds", () => {
    const machine = world({ call: "denied", ipv6: true });
    const [again] = bootOnlyParts({ image: "al2023" }).last;
    const allowed: BootPart = { name: "allowed", kind: "script", content: "echo works >/world/aws\n" };
    machine.boot([...parts([USER], IMPATIENT), allowed, ...(again ? [again] : [])]);
    expect(machine.reach).toEqual(ALL_OFF);
  });
});

describe("a later boot", () => {
  test("finds the endpoint off and asks EC2 nothing", () => {
    const machine = world();
    machine.boot(parts());
    machine.write("log", "");
    expect(machine.bootAgain()).toBe(0);
    expect(machine.log.filter((line) => line.startsWith("aws"))).toEqual([]);
    expect(machine.has(`${STATE}/metadata.json`)).toBe(true);
  });

  test("turns it off again where somebody turned it on", () => {
    const machine = world({ ipv6: true });
    machine.boot(parts());
    machine.remove("off");
    expect(machine.bootAgain()).toBe(0);
    expect(machine.reach).toEqual(ALL_OFF);
  });

  test("tries again what failed, and fails closed again", () => {
    const machine = world({ call: "denied", ipv6: true });
    machine.boot(parts([USER], IMPATIENT));
    expect(machine.bootAgain()).toBe(1);
    expect(machine.reach).toEqual(CLOSED);
    machine.write("aws", "works\n");
    expect(machine.bootAgain()).toBe(0);
    expect(machine.reach).toEqual(ALL_OFF);
  });

  test("turns it off where the first one was cut short", () => {
    const machine = world({ ipv6: true });
    machine.boot(bootOnlyParts({ image: "al2023" }).first);
    expect(machine.reach.machine.v4).toBe("200");
    expect(machine.bootAgain()).toBe(0);
    expect(machine.reach).toEqual(ALL_OFF);
  });

  test("parts that run twice change nothing", () => {
    const machine = world();
    machine.boot(parts());
    const files = ["metadata.json", "metadata.env"].map((file) => machine.read(`${STATE}/${file}`));
    const { first, last } = bootOnlyParts({ image: "al2023" });
    expect(machine.boot([...first, ...last])).toBe(0);
    expect(["metadata.json", "metadata.env"].map((file) => machine.read(`${STATE}/${file}`))).toEqual(files);
  });
});
