/** Tests that make up their inputs give the same answer every time; `npm run fuzz` looks at others. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["FUZZ_SEED"] ?? 1) });
