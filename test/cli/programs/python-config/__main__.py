import pulumi

config = pulumi.Config()
config.require("size")
