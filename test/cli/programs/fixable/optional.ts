import aws = require('@pulumi/aws');

new aws.ec2.Instance('optional', {
    ami: 'ami-0abcdef1234567890',
    instanceType: 't3.micro',
    /* The old agent needs this. */
    metadataOptions: {
        httpEndpoint: 'enabled', // of course
        httpTokens: 'optional' as const, // until the agent is gone
        httpPutResponseHopLimit: 3,
        httpProtocolIpv6: 'enabled',
        instanceMetadataTags: "enabled",
    } satisfies aws.types.input.ec2.InstanceMetadataOptions,
} as aws.ec2.InstanceArgs)

const common = { instanceType: 't3.micro', metadataOptions: { httpTokens: 'optional' } }
new aws.ec2.Instance('overridden', { ...common, ami: 'ami-1', metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit: 1 } })
