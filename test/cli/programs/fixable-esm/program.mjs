import aws from '@pulumi/aws'

export const web = new aws.ec2.Instance('web', {
  ami: 'ami-0abcdef1234567890',
  instanceType: 't3.micro',
  metadataOptions: {
    'httpTokens': 'optional',
    'httpPutResponseHopLimit': 2
  }
})
