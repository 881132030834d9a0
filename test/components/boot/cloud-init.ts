/** cloud-init itself, of this system: what it makes of user data. */
import { spawnSync } from "node:child_process";

const READ = `
import base64, json, sys
from cloudinit import handlers, helpers, user_data, util
from cloudinit.handlers.cloud_config import CloudConfigPartHandler

def read(text):
    paths = helpers.Paths({"cloud_dir": "/nonexistent", "run_dir": "/nonexistent"})
    message = user_data.UserDataProcessor(paths).process(base64.b64decode(text))
    parts, merger = [], CloudConfigPartHandler(paths)
    merger._reset()
    for part in message.walk():
        if part.get_content_maintype() == "multipart": continue
        content = util.fully_decoded_payload(part)
        kind = part.get_content_type()
        if kind == "text/cloud-config":
            merger.handle_part(None, kind, part.get_filename(), content, None, dict(part))
        parts.append({"type": kind, "name": part.get_filename(), "content": content})
    return {"parts": parts, "config": merger.cloud_buf}

json.dump([read(each) for each in json.load(sys.stdin)], sys.stdout)
`;

export interface ReadBack {
  readonly parts: readonly { readonly type: string; readonly name: string; readonly content: string }[];
  /** All settings, merged. */
  readonly config: Record<string, unknown> | null;
}

/** What cloud-init's own processor reads from user data, given as base64. */
export function readByCloudInit(userData: readonly string[]): ReadBack[] {
  const run = spawnSync("/usr/bin/python3", ["-c", READ], {
    input: JSON.stringify(userData),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`cloud-init (apt-get install cloud-init) could not read it: ${run.stderr}`);
  return JSON.parse(run.stdout) as ReadBack[];
}
