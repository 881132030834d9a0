import json

import pulumi
import pulumi_aws as aws
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

from naming import profile_name


class Counter(ResourceProvider):
    def create(self, props):
        return CreateResult("one", {**props, "size": 3})


class Count(Resource):
    size: pulumi.Output[int]

    def __init__(self, name):
        super().__init__(Counter(), name, {"size": None})


class Server(pulumi.ComponentResource):
    def __init__(self, name, profile):
        super().__init__("my:web:Server", name, {})
        aws.ec2.Instance(
            f"{name}-machine",
            ami="ami-0abcdef1234567890",
            instance_type="t3.micro",
            iam_instance_profile=profile.name,
            metadata_options={"http_tokens": "optional", "http_put_response_hop_limit": 1},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})


config = pulumi.Config()
assume = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
role = aws.iam.Role("role", assume_role_policy=json.dumps({"Version": "2012-10-17", "Statement": [assume]}))
bucket = aws.s3.Bucket("bucket")
read = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": bucket.arn.apply(lambda arn: f"{arn}/*")}
aws.iam.RolePolicy(
    "policy",
    role=role.id,
    policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [read]}),
)
profile = aws.iam.InstanceProfile(profile_name(), role=role.name)
Server("app", profile)
far = aws.Provider("far", region="eu-west-1")
aws.ec2.Instance(
    "web",
    ami=aws.ec2.get_ami(most_recent=True, owners=["amazon"]).id,
    instance_type="t3.micro",
    user_data=pulumi.Output.concat("echo ", bucket.id),
    tags={"stack": pulumi.get_stack(), "size": config.get("size") or "none", "count": Count("count").size},
    opts=pulumi.ResourceOptions(provider=far),
)
pulumi.export("profile", profile.name)
