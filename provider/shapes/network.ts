/** What machines are reached through, and what hangs on them. Notation: `provider/schema.ts`. */
export const NETWORK: Readonly<Record<string, string>> = {
  "aws:ec2/securityGroup:SecurityGroup": `
    arn= description+ egress[cidrBlocks:l description fromPort:n! ipv6CidrBlocks:l prefixListIds:l protocol!
    securityGroups:l self:b toPort:n!]+ ingress[cidrBlocks:l description fromPort:n! ipv6CidrBlocks:l
    prefixListIds:l protocol! securityGroups:l self:b toPort:n!]+ name+ namePrefix+ ownerId= region+
    revokeRulesOnDelete:b tags:m tagsAll:m= vpcId+
  `,
  "aws:ec2/securityGroupRule:SecurityGroupRule": `
    cidrBlocks:l description fromPort:n! ipv6CidrBlocks:l prefixListIds:l protocol! region+ securityGroupId!
    securityGroupRuleId= self:b sourceSecurityGroupId+ toPort:n! type!
  `,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": `
    arn= cidrIpv4 cidrIpv6 description fromPort:n ipProtocol! prefixListId referencedSecurityGroupId region+
    securityGroupId! securityGroupRuleId= tags:m tagsAll:m= toPort:n
  `,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": `
    arn= cidrIpv4 cidrIpv6 description fromPort:n ipProtocol! prefixListId referencedSecurityGroupId region+
    securityGroupId! securityGroupRuleId= tags:m tagsAll:m= toPort:n
  `,
  "aws:ec2/vpc:Vpc": `
    arn= assignGeneratedIpv6CidrBlock:b cidrBlock+ defaultNetworkAclId= defaultRouteTableId= defaultSecurityGroupId=
    dhcpOptionsId= enableDnsHostnames:b+ enableDnsSupport:b enableNetworkAddressUsageMetrics:b+ instanceTenancy
    ipv4IpamPoolId ipv4NetmaskLength:n ipv6AssociationId= ipv6CidrBlock+ ipv6CidrBlockNetworkBorderGroup+
    ipv6IpamPoolId ipv6NetmaskLength:n mainRouteTableId= ownerId= region+ tags:m tagsAll:m=
  `,
  "aws:ec2/subnet:Subnet": `
    arn= assignIpv6AddressOnCreation:b availabilityZone+ availabilityZoneId+ cidrBlock+ customerOwnedIpv4Pool
    enableDns64:b enableLniAtDeviceIndex:n enableResourceNameDnsARecordOnLaunch:b
    enableResourceNameDnsAaaaRecordOnLaunch:b ipv4IpamPoolId ipv4NetmaskLength:n ipv6CidrBlock+
    ipv6CidrBlockAssociationId= ipv6IpamPoolId ipv6Native:b ipv6NetmaskLength:n mapCustomerOwnedIpOnLaunch:b
    mapPublicIpOnLaunch:b outpostArn ownerId= privateDnsHostnameTypeOnLaunch+ region+ tags:m tagsAll:m= vpcId!
  `,
  "aws:ec2/internetGateway:InternetGateway": `
    arn= ownerId= region+ tags:m tagsAll:m= vpcId+
  `,
  "aws:ec2/routeTable:RouteTable": `
    arn= ownerId= propagatingVgws:l+ region+ routes[carrierGatewayId cidrBlock coreNetworkArn
    destinationPrefixListId egressOnlyGatewayId gatewayId ipv6CidrBlock localGatewayId natGatewayId
    networkInterfaceId odbNetworkArn transitGatewayId vpcEndpointId vpcPeeringConnectionId]+ tags:m tagsAll:m=
    vpcId!
  `,
  "aws:ec2/route:Route": `
    carrierGatewayId coreNetworkArn destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId
    egressOnlyGatewayId gatewayId instanceId= instanceOwnerId= localGatewayId natGatewayId networkInterfaceId+
    odbNetworkArn origin= region+ routeTableId! state= transitGatewayId vpcEndpointId vpcPeeringConnectionId
  `,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": `
    gatewayId region+ routeTableId! subnetId
  `,
  "aws:ec2/natGateway:NatGateway": `
    allocationId associationId= autoProvisionZones= autoScalingIps= availabilityMode+
    availabilityZoneAddresses[allocationIds:l availabilityZone availabilityZoneId+] connectivityType
    networkInterfaceId= privateIp+ publicIp= region+ regionalNatGatewayAddresses[allocationId+ associationId+
    availabilityZone+ availabilityZoneId+ networkInterfaceId+ publicIp+ status+]= regionalNatGatewayAutoMode=
    routeTableId= secondaryAllocationIds:l+ secondaryPrivateIpAddressCount:n+ secondaryPrivateIpAddresses:l+
    subnetId tags:m tagsAll:m= vpcId+
  `,
  "aws:ec2/networkInterface:NetworkInterface": `
    arn= attachments[attachmentId+ deviceIndex:n! instance! networkCardIndex:n+]+ description
    enaSrdSpecification{enaSrdEnabled:b enaSrdUdpSpecification{enaSrdUdpEnabled:b}} enablePrimaryIpv6:b+
    interfaceType+ ipv4PrefixCount:n+ ipv4Prefixes:l+ ipv6AddressCount:n+ ipv6AddressListEnabled:b
    ipv6AddressLists:l+ ipv6Addresses:l+ ipv6PrefixCount:n+ ipv6Prefixes:l+ macAddress= outpostArn= ownerId=
    privateDnsName= privateIp+ privateIpListEnabled:b privateIpLists:l+ privateIps:l+ privateIpsCount:n+ region+
    securityGroups:l+ sourceDestCheck:b subnetId! tags:m tagsAll:m=
  `,
  "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment": `
    networkInterfaceId! region+ securityGroupId!
  `,
  "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment": `
    attachmentId= deviceIndex:n! instanceId! networkCardIndex:n+ networkInterfaceId! region+ status=
  `,
  "aws:ec2/eip:Eip": `
    address allocationId= arn= associateWithPrivateIp associationId= carrierIp= customerOwnedIp=
    customerOwnedIpv4Pool domain+ instance+ ipamPoolId+ networkBorderGroup+ networkInterface+ privateDns= privateIp=
    ptrRecord= publicDns= publicIp= publicIpv4Pool+ region+ tags:m tagsAll:m=
  `,
  "aws:ec2/eipAssociation:EipAssociation": `
    allocationId+ allowReassociation:b instanceId+ networkInterfaceId+ privateIpAddress+ publicIp+ region+
  `,
  "aws:ec2/keyPair:KeyPair": `
    arn= fingerprint= keyName+ keyNamePrefix+ keyPairId= keyType= publicKey! region+ tags:m tagsAll:m=
  `,
  "aws:ec2/volumeAttachment:VolumeAttachment": `
    deviceName! forceDetach:b instanceId! region+ skipDestroy:b stopInstanceBeforeDetaching:b volumeId!
  `,
  "aws:ebs/volume:Volume": `
    arn= availabilityZone! createTime= encrypted:b+ finalSnapshot:b iops:n+ kmsKeyId+ multiAttachEnabled:b
    outpostArn region+ size:n+ snapshotId+ tags:m tagsAll:m= throughput:n+ type+ volumeInitializationRate:n
  `,
  "aws:lb/loadBalancer:LoadBalancer": `
    accessLogs{bucket! enabled:b prefix} arn= arnSuffix= clientKeepAlive:n connectionLogs{bucket! enabled:b prefix}
    customerOwnedIpv4Pool desyncMitigationMode dnsName= dnsRecordClientRoutingPolicy dropInvalidHeaderFields:b
    enableCrossZoneLoadBalancing:b enableDeletionProtection:b enableHttp2:b enablePrefixForIpv6SourceNat+
    enableTlsVersionAndCipherSuiteHeaders:b enableWafFailOpen:b enableXffClientPort:b enableZonalShift:b
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic+ healthCheckLogs{bucket! enabled:b prefix} idleTimeout:n
    internal:b+ ipAddressType+ ipamPools{ipv4IpamPoolId!} loadBalancerType
    minimumLoadBalancerCapacity{capacityUnits:n!} name+ namePrefix+ preserveHostHeader:b region+
    secondaryIpsAutoAssignedPerSubnet:n+ securityGroups:l+ subnetMappings[allocationId ipv6Address outpostId+
    privateIpv4Address subnetId!]+ subnets:l+ tags:m tagsAll:m= vpcId= xffHeaderProcessingMode zoneId=
  `,
  "aws:lb/targetGroup:TargetGroup": `
    arn= arnSuffix= connectionTermination:b+ deregistrationDelay:n healthCheck{enabled:b healthyThreshold:n
    interval:n matcher+ path+ port protocol timeout:n+ unhealthyThreshold:n}+ ipAddressType+
    lambdaMultiValueHeadersEnabled:b loadBalancerArns:l= loadBalancingAlgorithmType+ loadBalancingAnomalyMitigation+
    loadBalancingCrossZoneEnabled+ name+ namePrefix+ port:n preserveClientIp+ protocol protocolVersion+
    proxyProtocolV2:b region+ slowStart:n stickiness{cookieDuration:n cookieName enabled:b type!}+ tags:m tagsAll:m=
    targetControlPort:n targetFailovers[onDeregistration! onUnhealthy!]+
    targetGroupHealth{dnsFailover{minimumHealthyTargetsCount minimumHealthyTargetsPercentage}
    unhealthyStateRouting{minimumHealthyTargetsCount:n minimumHealthyTargetsPercentage}}+
    targetHealthStates[enableUnhealthyConnectionTermination:b! unhealthyDrainingInterval:n]+ targetType vpcId
  `,
};
