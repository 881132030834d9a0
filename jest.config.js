/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/test/seed.ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // The real engine is built first and has a run of its own: npm run test:engine.
  testPathIgnorePatterns: ["<rootDir>/test/engine/"],
  transform: {
    // unbash and secretlint are ES modules, which Node.js loads by require and Jest does not.
    "\\.ts$|/node_modules/(?:unbash|@secretlint)/.*\\.js$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!unbash/|@secretlint/)"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.cache/"],
};
