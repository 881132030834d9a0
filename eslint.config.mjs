import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Rules, model, user data, IAM, provider description and plans are pure: no Pulumi, no files, no processes, no clock. */
const PURE = [
  "policies/machine/**",
  "policies/userdata/**",
  "policies/iam/**",
  "policies/rules/**",
  "policies/{collections,glob,memo}.ts",
  "provider/**",
  "components/plan/**",
  "components/boot/**",
];

/** What pure folders do not import. */
const OUTSIDE = [
  { group: ["@pulumi/*"], message: "This folder is pure: it sees resources, not Pulumi." },
  {
    regex: "^(node:)?(fs|child_process|http|https|net|os|path|process|worker_threads)(/|$)",
    message: "This folder is pure: no files, processes or network.",
  },
  { group: ["**/pack", "**/create-pack", "**/cli/**"], message: "Dependencies point inwards." },
];

export default defineConfig(
  {
    ignores: [
      "dist/",
      ".cache/",
      "node_modules/",
      "coverage/",
      "**/programs/**",
      "examples/**",
      "docs/**",
      "*.config.js",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "max-lines": ["error", { max: 400 }],
      complexity: ["error", 14],
    },
  },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": "off",
    },
  },
  {
    files: PURE,
    rules: {
      "no-restricted-imports": ["error", { patterns: OUTSIDE }],
      "no-restricted-globals": ["error", "process", "setTimeout", "setInterval", "fetch", "performance"],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "This folder has no clock." },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "This folder has no clock." },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: "Same input, same output.",
        },
      ],
    },
  },
  {
    files: ["policies/machine/**", "policies/userdata/**", "policies/iam/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [...OUTSIDE, { group: ["**/rules/**"], message: "The model does not know the rules." }] },
      ],
    },
  },
);
