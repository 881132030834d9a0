// An alarm on every machine of the account in the region, sent to a topic
import * as aws from "@pulumi/aws";
import { ImdsUsageAlarm } from "ec2-hardening";

const security = new aws.sns.Topic("security");

new ImdsUsageAlarm("imds-version-1", { alarmActions: [security.arn] });
