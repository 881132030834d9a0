import pulumi_aws as aws

aws.ec2.Instance("web", ami="ami-0abcdef1234567890", instance_type="t3.micro")


def late():
    raise ValueError("the wheels came off")


late()
