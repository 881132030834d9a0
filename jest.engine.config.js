const base = require("./jest.config.js");

/**
 * The engine suite: the real Pulumi CLI on the packed policy pack. `npm test` leaves it out.
 * @type {import("jest").Config}
 */
module.exports = {
  ...base,
  testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  globalSetup: "<rootDir>/test/engine/setup.ts",
  globalTeardown: "<rootDir>/test/engine/teardown.ts",
  testTimeout: 300_000,
  maxWorkers: 2,
};
