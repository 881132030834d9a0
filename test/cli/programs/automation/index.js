// An inline program of the Automation API: it starts the Pulumi CLI by itself, so that there is no project to run.
const auto = require("@pulumi/pulumi/automation");

module.exports = auto.LocalWorkspace.createOrSelectStack({
  stackName: "dev",
  projectName: "automation",
  program: async () => undefined,
});
