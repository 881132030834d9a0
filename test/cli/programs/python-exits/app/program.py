import os

import pulumi_aws as aws

web = aws.ec2.Instance("web", ami="ami-0abcdef1234567890", instance_type="t3.micro")
web.id.apply(lambda _: os._exit(0))
