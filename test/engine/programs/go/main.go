package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

type resource struct {
	pulumi.CustomResourceState

	Name pulumi.StringOutput `pulumi:"name"`
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		size := config.New(ctx, "").Require("size")
		var profile, web resource
		if err := ctx.RegisterResource("aws:iam/instanceProfile:InstanceProfile", "profile", pulumi.Map{}, &profile); err != nil {
			return err
		}
		options := pulumi.Map{"httpTokens": pulumi.String("optional"), "httpPutResponseHopLimit": pulumi.Int(1)}
		err := ctx.RegisterResource("aws:ec2/instance:Instance", "web", pulumi.Map{
			"ami":                pulumi.String("ami-0abcdef1234567890"),
			"instanceType":       pulumi.String(size),
			"iamInstanceProfile": profile.Name,
			"metadataOptions":    options,
		}, &web)
		ctx.Export("stack", pulumi.String(ctx.Stack()))
		return err
	})
}
