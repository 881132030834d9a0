import { rmSync } from "node:fs";

/** Removes the project that the setup installed the pack into. */
export default function teardown(): void {
  const project = process.env.EC2_HARDENING_PACK_PROJECT;
  if (project !== undefined) rmSync(project, { recursive: true, force: true });
}
