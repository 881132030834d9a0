import { createPack, rules } from "ec2-hardening/rules";
import { edgeWithoutMetadata } from "./edge-without-metadata";
import { roleBoundary } from "./role-boundary";

createPack("acme-ec2", { rules: [...rules, edgeWithoutMetadata, roleBoundary] });
