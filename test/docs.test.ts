import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Report } from "../cli/report";
import { RULES } from "../policies/rules";
import { readSettings } from "../policies/settings";
import { load } from "js-yaml";
import { runScript } from "../tools/docs/guides";
import { anchor } from "../tools/docs/markdown";
import { pages, runAll, type Runs } from "../tools/docs/pages";
import { judge, samplesOf } from "../tools/docs/samples";
import { actionErrors, shellcheck } from "./cli/actions";

/** Policies besides its own that a sample violates, because one fault is a fault of both. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  "imds-require-v2/bad": ["imds-hop-limit"],
  "imds-require-v2/bad-launch-configuration": ["imds-hop-limit"],
  "imds-attack-path/bad": ["imds-require-v2", "profile-scoped-permissions"],
  "imds-attack-path/bad-forwarding": ["imds-hop-limit"],
  "launch-template-version/bad": ["unverified-at-preview"],
  "launch-template-version/bad-default": ["unverified-at-preview"],
};

const SAMPLES = RULES.flatMap((rule) => samplesOf(rule.name));
const DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
const EXAMPLES = ["vulnerable", "hardened", "component", "containers", "org"];

let runs: Runs;
beforeAll(async () => {
  runs = await runAll();
}, 1_800_000);

function policies(report: Report | undefined): string[] {
  const found = report?.resources.flatMap(({ findings }) => findings.map(({ policy }) => policy));
  return [...new Set(found ?? ["not run"])].sort();
}

test.each(SAMPLES.map(({ rule, name, kind }) => [`${rule}/${name}`, rule, kind] as const))("%s", (id, rule, kind) => {
  const [, report] = [...runs.samples].find(([sample]) => `${sample.rule}/${sample.name}` === id) ?? [];
  expect(policies(report)).toEqual(kind === "bad" ? [rule, ...(ALSO[id] ?? [])].sort() : []);
});

test("every component is shown by a program that passes the strict preset", () => {
  const shown = [...runs.samples].filter(([{ rule }]) => rule === "components");
  expect(shown.map(([{ name }]) => name)).toEqual(runs.api.components.map(({ name }) => name));
  expect(shown.flatMap(([{ name }, report]) => policies(report).map((policy) => `${name} ${policy}`))).toEqual([]);
});

test("every recipe of the cookbook passes the strict preset, and every component is in one", () => {
  const cooked = [...runs.samples].filter(([{ rule }]) => rule === "cookbook");
  expect(cooked.map(([{ name }]) => name).sort()).toEqual(
    readdirSync("docs/samples/cookbook")
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.replace(/\.ts$/, ""))
      .sort(),
  );
  expect(cooked.flatMap(([{ name }, report]) => policies(report).map((policy) => `${name} ${policy}`))).toEqual([]);
  const made = new Set(cooked.flatMap(([{ code }]) => code.match(/(?<=new )[A-Z]\w+/g) ?? []));
  expect(runs.api.components.filter(({ name }) => !made.has(name))).toEqual([]);
});

test("every generated document is what `npm run docs` makes", () => {
  for (const [file, content] of pages(runs)) {
    const written = existsSync(file) ? readFileSync(file, "utf8") : "";
    expect({ file, text: written }).toEqual({ file, text: content });
  }
});

test("configurations that the documents show are valid", () => {
  const shown = [...pages(runs).values()].flatMap((text) => [...text.matchAll(/```json\n([^]*?)```/g)]);
  expect(shown.length).toBeGreaterThan(RULES.length);
  // Those of the pack with own rules are tested with it.
  for (const [, text = ""] of shown.filter(([text]) => !text.includes("acme-")))
    expect(() => readSettings(JSON.parse(text))).not.toThrow();
});

test("links within the repository lead somewhere", () => {
  const examples = EXAMPLES.map((name) => `examples/${name}/README.md`);
  const files = [...new Set([...pages(runs).keys(), ...DOCUMENTS, ...examples])];
  const broken = files.flatMap((file) => {
    const links = [...readFileSync(file, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    return links
      .filter(([, to = "", at]) => !leads(to === "" ? file : join(dirname(file), to), at))
      .map(([link]) => `${file}: ${link}`);
  });
  expect(broken).toEqual([]);
});

/** Whether a file is there, and the heading in it. */
function leads(file: string, at: string | undefined): boolean {
  if (!existsSync(file)) return false;
  if (at === undefined) return true;
  const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchor(heading));
  return headings.includes(at);
}

test("every page is in the index", () => {
  const index = readFileSync("docs/README.md", "utf8");
  const names = readdirSync("docs").filter((file) => file.endsWith(".md") && file !== "README.md");
  expect(names.filter((name) => !index.includes(`](${name})`))).toEqual([]);
});

test("every command of the pages runs, and is judged or writes what it says", () => {
  const all = runs.guides.flatMap(({ file, ran }) => ran.map((block) => ({ file, ...block })));
  expect(all.flatMap(({ calls }) => calls).length).toBeGreaterThan(15);
  const wrong = all.filter(
    ({ calls, stderr }) => calls.some(({ exitCode }) => exitCode > 1) || / not found/.test(stderr),
  );
  expect(wrong).toEqual([]);
});

describe("pipelines", () => {
  const CI = "docs/samples/guides/ci";
  const read = (name: string) => readFileSync(join(CI, name), "utf8");
  const repository = () => runs.guides.find(({ file }) => file === "docs/ci.md")?.directory ?? "";

  test.each(["github-action.yml", "github-up.yml"])("GitHub's own parser finds nothing wrong with %s", (name) => {
    expect(actionErrors("workflow", read(name))).toEqual([]);
    expect(actionErrors("workflow", read(name).replace("runs-on:", "run-on:"))).not.toEqual([]);
  });

  test("what the page gives to the action are inputs of it", () => {
    interface Step {
      readonly uses?: string;
      readonly with?: object;
    }
    const { jobs } = load(read("github-action.yml")) as { jobs: { check: { steps: readonly Step[] } } };
    const { inputs } = load(readFileSync("action.yml", "utf8")) as { inputs: object };
    const given = jobs.check.steps.find(({ uses = "" }) => uses.startsWith("ec2-hardening/"))?.with ?? {};
    expect(Object.keys(given).length).toBeGreaterThan(2);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  /** The commands of a pipeline, as its host finds them. */
  const COMMANDS: Readonly<Record<string, () => readonly string[]>> = {
    Jenkinsfile: () => [...read("Jenkinsfile").matchAll(/^ +sh '(.*)'$/gm)].map(([, line = ""]) => line),
    "buildspec.yml": () => {
      const { phases } = load(read("buildspec.yml")) as { phases: Record<string, { commands: readonly string[] }> };
      return Object.values(phases).flatMap(({ commands }) => commands);
    },
    "azure-pipelines.yml": () => {
      const { steps } = load(read("azure-pipelines.yml")) as { steps: readonly { readonly script?: string }[] };
      return steps.flatMap(({ script }) => script ?? []);
    },
    "pre-push.sh": () => [read("pre-push.sh")],
  };

  test.each(Object.keys(COMMANDS))(
    "the commands of %s run, and write the reports that it publishes",
    async (name) => {
      const commands = COMMANDS[name]?.() ?? [];
      const { calls, stderr } = await runScript(commands.join("\n"), repository());
      expect({ codes: calls.map(({ exitCode }) => exitCode), stderr }).toEqual({ codes: [1], stderr: "" });
      for (const [report] of read(name).matchAll(/(?<==)ec2-hardening\.\w+/g)) {
        expect(existsSync(join(repository(), report))).toBe(true);
      }
    },
    300_000,
  );

  test("shellcheck finds nothing in the hook", () => {
    expect(shellcheck(read("pre-push.sh"))).toBe("");
  });
});

test("commands that the documents name exist", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const named = DOCUMENTS.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/npm run ([\w:-]+)/g)]);
  expect(named.map(([, script = ""]) => script).filter((script) => !(script in scripts))).toEqual([]);
});

describe("examples", () => {
  const strict = readFileSync("presets/strict.json", "utf8");

  test("vulnerable raises what its comments say", () => {
    const found = runs.examples
      .get("examples/vulnerable")
      ?.resources.flatMap(({ name, findings }) => findings.map(({ policy }) => `${name} ${policy}`));
    expect(found?.sort()).toEqual([
      "api imds-instance-tags",
      "api imds-ipv6-endpoint",
      "api imds-require-v2",
      "build profile-no-admin",
      "crawler imds-require-v2",
      "deployer imds-attack-path",
      "deployer imds-require-v2",
      "deployer profile-no-credential-access",
      "deployer profile-no-privilege-escalation",
      "deployer profile-trust-policy",
      "legacy imds-hop-limit",
      "legacy imds-require-v2",
      "partner unverified-at-preview",
      "relay imds-disable-when-unneeded",
      "shop userdata-imdsv2-ready",
      "shop userdata-no-credentials",
      "shop userdata-trusted-sources",
      "web imds-hop-limit",
      "web imds-require-v2",
      "worker imds-hop-limit",
    ]);
  });

  test("hardened has no finding, at the strict preset as well", async () => {
    expect(policies(runs.examples.get("examples/hardened"))).toEqual([]);
    expect(policies(await judge("examples/hardened", strict))).toEqual([]);
  }, 60_000);

  test("component has no finding, at the strict preset as well", async () => {
    expect(policies(await judge("examples/component", strict))).toEqual([]);
  }, 60_000);

  test("containers are accepted as container hosts, at the strict preset as well", async () => {
    expect(policies(await judge("examples/containers", strict))).toEqual([]);
  }, 60_000);

  test("org has nothing but what it exempts, until the exemption's last day", async () => {
    const report = await judge("examples/org", readFileSync("examples/org/policy-config.json", "utf8"));
    const names = [...report.resources, ...report.exempted.map(({ resource }) => resource)].map(({ name }) => name);
    expect(names).toEqual(["legacy-appliance"]);
    expect(report.notices).toEqual([]);
  }, 60_000);
});
