import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts a real browser; one that is missing fails the test, and the message says how to get it. */
export async function startBrowser(): Promise<Browser> {
  const given = process.env["CHROMIUM"];
  const executablePath = given ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `there is no Chromium at ${given ?? PLACES.join(", ")}. Install it (apt-get install -y --no-install-recommends chromium) or give its path in CHROMIUM.`,
    );
  }
  // As root, in a container, its sandbox cannot start.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: isRoot ? ["--no-sandbox"] : [] });
}
