/** What launches or describes one machine. Notation: `provider/schema.ts`. */
export const MACHINES: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": `
    ami+ arn= associatePublicIpAddress:b+ availabilityZone+
    capacityReservationSpecification{capacityReservationPreference capacityReservationTarget{capacityReservationId
    capacityReservationResourceGroupArn}}+ cpuOptions{amdSevSnp+ coreCount:n+ nestedVirtualization+
    threadsPerCore:n+}+ creditSpecification{cpuCredits} disableApiStop:b+ disableApiTermination:b+
    ebsBlockDevices[deleteOnTermination:b deviceName! encrypted:b+ iops:n+ kmsKeyId+ snapshotId+ tags:m tagsAll:m+
    throughput:n+ volumeId+ volumeSize:n+ volumeType+]+ ebsOptimized:b+ enablePrimaryIpv6:b+
    enclaveOptions{enabled:b+}+ ephemeralBlockDevices[deviceName! noDevice:b virtualName]+ forceDestroy:b
    getPasswordData:b hibernation:b hostId+ hostResourceGroupArn+ iamInstanceProfile+
    instanceInitiatedShutdownBehavior+ instanceLifecycle= instanceMarketOptions{marketType+
    spotOptions{instanceInterruptionBehavior+ maxPrice+ spotInstanceType+ validUntil+}+}+ instanceState=
    instanceType+ ipv6AddressCount:n+ ipv6Addresses:l+ keyName+ launchTemplate{id+ name+ version}
    maintenanceOptions{autoRecovery+}+ metadataOptions{httpEndpoint httpProtocolIpv6 httpPutResponseHopLimit:n+
    httpTokens+ instanceMetadataTags+}+ monitoring:b+ networkInterfaces[deleteOnTermination:b deviceIndex:n!
    networkCardIndex:n networkInterfaceId!]+ outpostArn= passwordData= placementGroup+ placementGroupId+
    placementPartitionNumber:n+ primaryNetworkInterface{deleteOnTermination:b+ networkInterfaceId!}+
    primaryNetworkInterfaceId= privateDns= privateDnsNameOptions{enableResourceNameDnsARecord:b+
    enableResourceNameDnsAaaaRecord:b+ hostnameType+}+ privateIp+ publicDns= publicIp= region+
    rootBlockDevice{deleteOnTermination:b deviceName+ encrypted:b+ iops:n+ kmsKeyId+ tags:m tagsAll:m+ throughput:n+
    volumeId+ volumeSize:n+ volumeType+}+ secondaryNetworkInterfaces[deleteOnTermination:b deviceIndex:n
    interfaceType macAddress+ networkCardIndex:n! privateIpAddressCount:n privateIpAddresses:l+
    secondaryInterfaceId+ secondaryNetworkId+ secondarySubnetId! sourceDestCheck:b+ status+]+ secondaryPrivateIps:l+
    securityGroups:l+ sourceDestCheck:b spotInstanceRequestId= subnetId+ tags:m tagsAll:m= tenancy+ userData
    userDataBase64+ userDataReplaceOnChange:b volumeTags:m vpcSecurityGroupIds:l+
  `,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": `
    ami+ arn= associatePublicIpAddress:b+ availabilityZone+
    capacityReservationSpecification{capacityReservationPreference capacityReservationTarget{capacityReservationId
    capacityReservationResourceGroupArn}}+ cpuOptions{amdSevSnp+ coreCount:n+ nestedVirtualization+
    threadsPerCore:n+}+ creditSpecification{cpuCredits} disableApiStop:b+ disableApiTermination:b+
    ebsBlockDevices[deleteOnTermination:b deviceName! encrypted:b+ iops:n+ kmsKeyId+ snapshotId+ tags:m tagsAll:m+
    throughput:n+ volumeId+ volumeSize:n+ volumeType+]+ ebsOptimized:b+ enablePrimaryIpv6:b+
    enclaveOptions{enabled:b+}+ ephemeralBlockDevices[deviceName! noDevice:b virtualName]+ forceDestroy:b
    getPasswordData:b hibernation:b hostId+ hostResourceGroupArn+ iamInstanceProfile+
    instanceInitiatedShutdownBehavior+ instanceInterruptionBehavior instanceState= instanceType+ ipv6AddressCount:n+
    ipv6Addresses:l+ keyName+ launchGroup launchTemplate{id+ name+ version} maintenanceOptions{autoRecovery+}+
    metadataOptions{httpEndpoint httpProtocolIpv6 httpPutResponseHopLimit:n+ httpTokens+ instanceMetadataTags+}+
    monitoring:b+ networkInterfaces[deleteOnTermination:b deviceIndex:n! networkCardIndex:n+ networkInterfaceId!]+
    outpostArn= passwordData= placementGroup+ placementGroupId+ placementPartitionNumber:n+
    primaryNetworkInterfaceId= primaryNetworkInterfaces[deleteOnTermination:b+ networkInterfaceId+]= privateDns=
    privateDnsNameOptions{enableResourceNameDnsARecord:b+ enableResourceNameDnsAaaaRecord:b+ hostnameType+}+
    privateIp+ publicDns= publicIp= region+ rootBlockDevice{deleteOnTermination:b deviceName+ encrypted:b+ iops:n+
    kmsKeyId+ tags:m tagsAll:m+ throughput:n+ volumeId+ volumeSize:n+ volumeType+}+
    secondaryNetworkInterfaces[deleteOnTermination:b deviceIndex:n interfaceType macAddress+ networkCardIndex:n!
    privateIpAddressCount:n privateIpAddresses:l+ secondaryInterfaceId+ secondaryNetworkId+ secondarySubnetId!
    sourceDestCheck:b+ status+]+ secondaryPrivateIps:l+ securityGroups:l+ sourceDestCheck:b spotBidStatus=
    spotInstanceId= spotPrice+ spotRequestState= spotType subnetId+ tags:m tagsAll:m= tenancy+ userData
    userDataBase64+ userDataReplaceOnChange:b validFrom+ validUntil+ volumeTags:m vpcSecurityGroupIds:l+
    waitForFulfillment:b
  `,
  "aws:ec2/launchTemplate:LaunchTemplate": `
    arn= blockDeviceMappings[deviceName ebs{deleteOnTermination encrypted iops:n+ kmsKeyId snapshotId throughput:n+
    volumeInitializationRate:n+ volumeSize:n+ volumeType+} noDevice virtualName]
    capacityReservationSpecification{capacityReservationPreference capacityReservationTarget{capacityReservationId
    capacityReservationResourceGroupArn}} cpuOptions{amdSevSnp coreCount:n nestedVirtualization threadsPerCore:n}
    creditSpecification{cpuCredits} defaultVersion:n+ description disableApiStop:b disableApiTermination:b
    ebsOptimized enclaveOptions{enabled:b} hibernationOptions{configured:b!} iamInstanceProfile{arn name} imageId
    instanceInitiatedShutdownBehavior instanceMarketOptions{marketType spotOptions{blockDurationMinutes:n
    instanceInterruptionBehavior maxPrice spotInstanceType validUntil+}} instanceRequirements{acceleratorCount{max:n
    min:n} acceleratorManufacturers:l acceleratorNames:l acceleratorTotalMemoryMib{max:n min:n} acceleratorTypes:l
    allowedInstanceTypes:l bareMetal baselineEbsBandwidthMbps{max:n min:n} burstablePerformance cpuManufacturers:l
    excludedInstanceTypes:l instanceGenerations:l localStorage localStorageTypes:l
    maxSpotPriceAsPercentageOfOptimalOnDemandPrice:n memoryGibPerVcpu{max:n min:n} memoryMib{max:n min:n!}!
    networkBandwidthGbps{max:n min:n} networkInterfaceCount{max:n min:n} onDemandMaxPricePercentageOverLowestPrice:n
    requireHibernateSupport:b spotMaxPricePercentageOverLowestPrice:n totalLocalStorageGb{max:n min:n}
    vcpuCount{max:n min:n!}!} instanceType kernelId keyName latestVersion:n=
    licenseSpecifications[licenseConfigurationArn!] maintenanceOptions{autoRecovery} metadataOptions{httpEndpoint+
    httpProtocolIpv6+ httpPutResponseHopLimit:n+ httpTokens+ instanceMetadataTags+}+ monitoring{enabled:b} name+
    namePrefix+ networkInterfaces[associateCarrierIpAddress associatePublicIpAddress
    connectionTrackingSpecification{tcpEstablishedTimeout:n udpStreamTimeout:n udpTimeout:n} deleteOnTermination
    description deviceIndex:n enaQueueCount:n enaSrdSpecification{enaSrdEnabled:b
    enaSrdUdpSpecification{enaSrdUdpEnabled:b}} interfaceType ipv4AddressCount:n ipv4Addresses:l ipv4PrefixCount:n
    ipv4Prefixes:l ipv6AddressCount:n ipv6Addresses:l ipv6PrefixCount:n ipv6Prefixes:l networkCardIndex:n
    networkInterfaceId primaryIpv6 privateIpAddress securityGroups:l subnetId]
    networkPerformanceOptions{bandwidthWeighting} placement{affinity availabilityZone groupId groupName hostId
    hostResourceGroupArn partitionNumber:n spreadDomain tenancy}
    privateDnsNameOptions{enableResourceNameDnsARecord:b enableResourceNameDnsAaaaRecord:b hostnameType} ramDiskId
    region+ secondaryInterfaces[deleteOnTermination:b deviceIndex:n interfaceType networkCardIndex:n
    privateIpAddressCount:n privateIpAddresses:l secondarySubnetId] securityGroupNames:l
    tagSpecifications[resourceType tags:m] tags:m tagsAll:m= updateDefaultVersion:b userData vpcSecurityGroupIds:l
  `,
  "aws:ec2/launchConfiguration:LaunchConfiguration": `
    arn= associatePublicIpAddress:b ebsBlockDevices[deleteOnTermination:b deviceName! encrypted:b+ iops:n+
    noDevice:b snapshotId+ throughput:n+ volumeSize:n+ volumeType+]+ ebsOptimized:b+ enableMonitoring:b
    ephemeralBlockDevices[deviceName! noDevice:b virtualName] iamInstanceProfile imageId! instanceType! keyName+
    metadataOptions{httpEndpoint+ httpPutResponseHopLimit:n+ httpTokens+}+ name+ namePrefix+ placementTenancy
    region+ rootBlockDevice{deleteOnTermination:b encrypted:b+ iops:n+ throughput:n+ volumeSize:n+ volumeType+}+
    securityGroups:l spotPrice userData userDataBase64
  `,
  "aws:ec2/ami:Ami": `
    architecture arn= bootMode deprecationTime description ebsBlockDevices[deleteOnTermination:b deviceName!
    encrypted:b iops:n outpostArn snapshotId throughput:n+ volumeSize:n+ volumeType]+ enaSupport:b
    ephemeralBlockDevices[deviceName! virtualName!]+ hypervisor= imageLocation+ imageOwnerAlias= imageType=
    imdsSupport kernelId lastLaunchedTime= manageEbsSnapshots:b= name+ ownerId= platform= platformDetails= public:b=
    ramdiskId region+ rootDeviceName rootSnapshotId= sriovNetSupport tags:m tagsAll:m= tpmSupport uefiData
    usageOperation= virtualizationType
  `,
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": `
    httpEndpoint+ httpPutResponseHopLimit:n+ httpTokens+ instanceMetadataTags+ region+
  `,
  "aws:lightsail/instance:Instance": `
    addOn{snapshotTime! status! type!} arn= availabilityZone! blueprintId! bundleId! cpuCount:n= createdAt=
    ipAddressType ipv6Addresses:l= isStaticIp:b= keyPairName name+ privateIpAddress= publicIpAddress= ramSize:n=
    region+ tags:m tagsAll:m= userData username=
  `,
  "aws:sagemaker/notebookInstance:NotebookInstance": `
    additionalCodeRepositories:l arn= defaultCodeRepository directInternetAccess
    instanceMetadataServiceConfiguration{minimumInstanceMetadataServiceVersion+} instanceType! kmsKeyId
    lifecycleConfigName name+ networkInterfaceId= platformIdentifier+ region+ roleArn! rootAccess securityGroups:l+
    subnetId tags:m tagsAll:m= url= volumeSize:n
  `,
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": `
    arn= name+ onCreate onStart region+ tags:m tagsAll:m=
  `,
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": `
    arn= dateCreated= dateUpdated= description instanceMetadataOptions{httpPutResponseHopLimit:n httpTokens}
    instanceProfileName! instanceTypes:l keyPair logging{s3Logs{s3BucketName! s3KeyPrefix}!} name+
    placement{availabilityZone hostId hostResourceGroupArn tenancy} region+ resourceTags:m securityGroupIds:l
    snsTopicArn subnetId tags:m tagsAll:m= terminateInstanceOnFailure:b
  `,
  "aws:imagebuilder/imageRecipe:ImageRecipe": `
    amiTags:m arn= blockDeviceMappings[deviceName ebs{deleteOnTermination encrypted iops:n kmsKeyId snapshotId
    throughput:n volumeSize:n volumeType} noDevice:b+ virtualName] components[componentArn! parameters[name!
    value!]]! dateCreated= description name+ owner= parentImage! platform= region+
    systemsManagerAgent{uninstallAfterBuild:b!}+ tags:m tagsAll:m= userDataBase64+ version! workingDirectory
  `,
};
