// A template for machines that another service starts, from an image of your own
import { HardenedLaunchTemplate } from "ec2-hardening";

const template = new HardenedLaunchTemplate("nodes", {
  ami: "ami-0abcdef1234567890",
  sessionManager: false,
  patching: "off",
});

export const launchTemplate = { id: template.launchTemplateId, version: template.latestVersion };
