import pulumi
from pulumi_ec2_hardening import (
    GrantArgs,
    HardenedAutoScalingGroup,
    HardenedInstance,
    Image,
    ReadBucketGrantArgs,
    SecretArgs,
    UserDataArgs,
)

# The smallest one: Amazon Linux 2023, reached by Session Manager.
bastion = HardenedInstance("bastion")
pulumi.export("bastion", bastion.instance_id)

# A shop behind nginx: it gets its database password at boot, and its own user reaches the metadata service, as root does.
password = pulumi.Config().require("databasePasswordArn")
web = HardenedInstance(
    "web",
    image=Image.UBUNTU_24_04,
    allowed_users=["shop"],
    grants=[GrantArgs(read_bucket=ReadBucketGrantArgs(bucket_arn="arn:aws:s3:::shop-releases", prefix="web/"))],
    secrets=[SecretArgs(secret=password, file="db-password", owner="shop")],
    user_data=UserDataArgs(
        cloud_config={"packages": ["nginx"], "users": ["default", {"name": "shop", "system": True}]},
        commands=["systemctl enable --now nginx"],
    ),
)
pulumi.export("web", web.private_ip)

HardenedAutoScalingGroup("workers", subnet_ids=["subnet-0abc1234"], max_size=4)
