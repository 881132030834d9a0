import { credentialsIn } from "../../../policies/userdata/credentials";
import { decode } from "../../../policies/userdata/decode";
import { oldMetadataUses } from "../../../policies/userdata/metadata-calls";
import { untrustedSources } from "../../../policies/userdata/sources";
import { Made } from "../../corpus/corpus";
import { credentials } from "../../corpus/credentials";
import { leaked } from "../../corpus/leaks";
import { metadataCalls } from "../../corpus/metadata";
import { Dice, hostile } from "../../corpus/mutate";
import { sources } from "../../corpus/sources";
import { userData } from "./harness";

/** Texts to try, and the number of the first: a long run sets FUZZ_TEXTS, a look at one text FUZZ_FROM too. */
const TEXTS = Number(process.env["FUZZ_TEXTS"] ?? 400);
const FROM = Number(process.env["FUZZ_FROM"] ?? 0);

/** Seconds that nobody would wait for. What is above is printed: the time of a test says little of a text. */
const BUDGET = { text: 2, all: 60 + TEXTS * 0.02 };

const CASES = [credentials, sources, metadataCalls].flatMap((tables) => Object.values(tables).flat());

interface Planted {
  readonly text: string;
  readonly secrets: readonly string[];
}

const texts: readonly Planted[] = CASES.map((each) => {
  const made = new Made(each.title);
  return { text: each.text(made), secrets: made.secrets };
});

interface Tried {
  readonly number: number;
  readonly seconds: number;
  readonly length: number;
  readonly found: number;
  readonly failures: readonly string[];
}

/** Everything that is said of a text. */
function judged(value: string, encoding: "plain" | "base64"): { readonly shown: unknown; readonly found: number } {
  const decoded = decode(userData(value, encoding));
  const results = [credentialsIn(decoded), untrustedSources(decoded), oldMetadataUses(decoded)];
  const paths = decoded.parts.map(({ path }) => path);
  return { shown: [results, decoded.problems, paths], found: results.flat().length };
}

function attempt(number: number): Tried {
  const dice = new Dice(number);
  const { text, secrets } = dice.of(texts);
  const { value, encoding } = hostile(text, secrets, dice);
  const start = performance.now();
  const tried = (failures: readonly string[], found: number): Tried => ({
    ...{ number, failures, found, length: value.length, seconds: (performance.now() - start) / 1000 },
  });
  try {
    const { shown, found } = judged(value, encoding);
    const seconds = tried([], found);
    return {
      ...seconds,
      failures: leaked(shown, secrets).map((secret) => `says ${secret} in ${JSON.stringify(shown)}`),
    };
  } catch (error) {
    return tried([`throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`], 0);
  }
}

/** A line for who waits; also the last number before a text that does not end. */
function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

function summary(all: readonly Tried[]): string {
  const seconds = all.reduce((sum, each) => sum + each.seconds, 0);
  const slowest = all.toSorted((one, other) => other.seconds - one.seconds).slice(0, 5);
  const shown = slowest.map(
    (each) => `  ${String(each.number)}: ${each.seconds.toFixed(2)} s for ${String(each.length)} characters`,
  );
  return `${String(all.length)} texts in ${seconds.toFixed(0)} s; the slowest:\n${shown.join("\n")}`;
}

test("hostile texts: nothing throws, no result holds a secret", () => {
  const all: Tried[] = [];
  for (let number = FROM; number < FROM + TEXTS; number++) {
    if (TEXTS > 5000 && number % 5000 === 0) report(`from ${String(number)} on`);
    all.push(attempt(number));
  }
  const seconds = all.reduce((sum, each) => sum + each.seconds, 0);
  const isSlow = seconds > BUDGET.all || all.some((each) => each.seconds > BUDGET.text);
  if (isSlow || process.env["FUZZ_TEXTS"] !== undefined) report(summary(all));
  expect(all.flatMap(({ number, failures }) => failures.map((failure) => `${String(number)} ${failure}`))).toEqual([]);
  if (TEXTS >= 400) expect(all.filter(({ found }) => found > 0).length).toBeGreaterThan(TEXTS / 4);
}, 3_600_000);

const NAME = "Xk9vQ2mR7tLp4W";
const SETTING = "DB_PASSWORD=Wq8ZtR5nUc2y";
const ENCODED = Buffer.from(SETTING).toString("base64");

function names(text: string): readonly string[] {
  return leaked(judged(text, "plain").shown, [NAME, "Wq8ZtR5nUc2y"]);
}

test.each([
  [
    "a MIME boundary",
    `Content-Type: multipart/mixed; boundary=${NAME}\n\n--${NAME}\n\n#!/bin/sh\n${SETTING}\n--${NAME}--`,
  ],
  ["the type of an entry", `#cloud-config-archive\n- type: text/${NAME}\n  content: "${SETTING}"\n`],
  ["the end of a here document", `#!/bin/sh\ncat > /${NAME} <<${NAME}\n${SETTING}\n${NAME}\n`],
  [
    "a task of EC2Launch",
    `version: 1.0\ntasks:\n- task: ${NAME}\n  inputs:\n  - type: ${NAME}\n    content: ${SETTING}\n`,
  ],
  ["a program", `#!/bin/sh\n/opt/${NAME}/curl http://169.254.169.254/latest/meta-data/\n${SETTING}\n`],
  ["a version", `#!/bin/sh\npip install boto3==1.0+${NAME}\n${SETTING}\n`],
])("%s is not said", (_, text) => {
  expect(judged(text, "plain").found).toBeGreaterThan(0);
  expect(names(text)).toEqual([]);
});

// Paths hold names that the text makes up. What is right again fails here, and belongs above.
test.each([
  ["a MIME type", `Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/${NAME}\n\n${SETTING}\n--B--`],
  ["a key of a cloud-config", `#cloud-config\n${NAME}: !!binary ${ENCODED}\n`],
  ["a container of Bottlerocket", `[settings.host-containers.${NAME}]\nuser-data = "${ENCODED}"\n`],
])("%s is not said", (_, text) => {
  expect(names(text)).toEqual([]);
});
