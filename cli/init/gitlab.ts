import { quoted } from "../../components/boot/shell";
import { packageVersion } from "../package-files";
import type { Install } from "./dependencies";
import { CONFIG, type CiFile } from "./files";

const JOB = ".gitlab/ec2-hardening.yml";

/** A job for merge requests and the default branch, and a pipeline that includes it where there is none yet. */
export function gitlabFiles(installs: readonly Install[], hasPipeline: boolean): readonly CiFile[] {
  const include = `include:\n  - local: ${JOB}\n`;
  return [
    hasPipeline
      ? { file: JOB, content: job(installs), note: `Add to .gitlab-ci.yml:\n\n${include}` }
      : { file: JOB, content: job(installs) },
    ...(hasPipeline ? [] : [{ file: ".gitlab-ci.yml", content: include }]),
  ];
}

function job(installs: readonly Install[]): string {
  const script = [
    ...installs.map(({ directory, command }) =>
      directory === "" ? command : `(cd ${quoted(`./${directory}`)} && ${command})`,
    ),
    `npx --yes ec2-hardening@${packageVersion()} check --all-stacks . --policy-pack-config ${CONFIG} ` +
      "--report gitlab=gl-code-quality-report.json --report junit=ec2-hardening.xml",
  ];
  return `ec2-hardening:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
${script.map((line) => `    - ${JSON.stringify(line)}\n`).join("")}  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: ec2-hardening.xml
`;
}
