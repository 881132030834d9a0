import { PolicyPack } from "@pulumi/policy";
import { policies } from "./pack";

new PolicyPack("ec2-hardening", { policies: policies() });
