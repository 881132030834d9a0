import { packageVersion } from "../package-files";
import { CONFIG, type CiFile } from "./files";
import type { Install } from "./dependencies";

/** Actions by commit, as GitHub's hardening guide asks for; Dependabot and Renovate read the comments. */
const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const SETUP_NODE = "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0";
const UPLOAD_SARIF = "github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2";

/** A workflow that annotates pull requests, writes a summary and uploads SARIF. */
export function githubFiles(installs: readonly Install[]): readonly CiFile[] {
  return [{ file: ".github/workflows/ec2-hardening.yml", content: workflow(installs) }];
}

function workflow(installs: readonly Install[]): string {
  return `name: EC2 hardening

on:
  pull_request:
  push:
    branches: [main, master]

# Nothing by default: the job asks for what it needs.
permissions: {}

jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # uploads the SARIF report
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: ${SETUP_NODE}
        with:
          node-version: 22
${installs.map(step).join("")}      - name: Check
        run: |
          npx --yes ec2-hardening@${packageVersion()} check --all-stacks . \\
            --policy-pack-config ${CONFIG} \\
            --format github \\
            --report "markdown=$GITHUB_STEP_SUMMARY" \\
            --report sarif=ec2-hardening.sarif
      - name: Upload SARIF
        # A pull request from a fork may not write, and a private repository needs GitHub Code Security.
        if: >-
          \${{ !cancelled() && hashFiles('ec2-hardening.sarif') != '' &&
          (github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository) }}
        uses: ${UPLOAD_SARIF}
        with:
          sarif_file: ec2-hardening.sarif
          category: ec2-hardening
`;
}

function step({ directory, command }: Install): string {
  const where = directory === "" ? "" : `        working-directory: ${scalar(directory)}\n`;
  return `      - name: Install what the program needs\n${where}        run: ${command}\n`;
}

/** A YAML string in which GitHub finds no expression. */
function scalar(text: string): string {
  return JSON.stringify(text.replaceAll("\${{", "\${{ '\${{' }}"));
}
