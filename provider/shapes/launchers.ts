/** What launches several machines. Notation: `provider/schema.ts`. */
export const LAUNCHERS: Readonly<Record<string, string>> = {
  "aws:autoscaling/group:Group": `
    arn= availabilityZoneDistribution{capacityDistributionStrategy}+ availabilityZones:l+ capacityRebalance:b
    capacityReservationSpecification{capacityReservationPreference+
    capacityReservationTarget{capacityReservationIds:l capacityReservationResourceGroupArns:l}}+ context
    defaultCooldown:n+ defaultInstanceWarmup:n desiredCapacity:n+ desiredCapacityType enabledMetrics:l forceDelete:b
    forceDeleteWarmPool:b healthCheckGracePeriod:n healthCheckType+ ignoreFailedScalingActivities:b
    initialLifecycleHooks[defaultResult+ heartbeatTimeout:n lifecycleTransition! name! notificationMetadata
    notificationTargetArn roleArn] instanceLifecyclePolicy{retentionTriggers{terminateHookAbandon+}+}+
    instanceMaintenancePolicy{maxHealthyPercentage:n! minHealthyPercentage:n!}
    instanceRefresh{preferences{alarmSpecification{alarms:l} autoRollback:b checkpointDelay checkpointPercentages:a
    instanceWarmup maxHealthyPercentage:n minHealthyPercentage:n scaleInProtectedInstances skipMatching:b
    standbyInstances} strategy! triggers:l} launchConfiguration launchTemplate{id+ name+ version+}+ loadBalancers:l+
    maxInstanceLifetime:n maxSize:n! metricsGranularity minElbCapacity:n minSize:n!
    mixedInstancesPolicy{instancesDistribution{onDemandAllocationStrategy+ onDemandBaseCapacity:n+
    onDemandPercentageAboveBaseCapacity:n+ spotAllocationStrategy+ spotInstancePools:n+ spotMaxPrice}+
    launchTemplate{launchTemplateSpecification{launchTemplateId+ launchTemplateName+ version+}!
    overrides[instanceRequirements{acceleratorCount{max:n min:n} acceleratorManufacturers:l acceleratorNames:l
    acceleratorTotalMemoryMib{max:n min:n} acceleratorTypes:l allowedInstanceTypes:l bareMetal
    baselineEbsBandwidthMbps{max:n min:n} burstablePerformance cpuManufacturers:l excludedInstanceTypes:l
    instanceGenerations:l localStorage localStorageTypes:l maxSpotPriceAsPercentageOfOptimalOnDemandPrice:n
    memoryGibPerVcpu{max:n min:n} memoryMib{max:n min:n} networkBandwidthGbps{max:n min:n}
    networkInterfaceCount{max:n min:n} onDemandMaxPricePercentageOverLowestPrice:n requireHibernateSupport:b
    spotMaxPricePercentageOverLowestPrice:n totalLocalStorageGb{max:n min:n} vcpuCount{max:n min:n}} instanceType
    launchTemplateSpecification{launchTemplateId+ launchTemplateName+ version+} weightedCapacity]+}!}+ name+
    namePrefix+ placementGroup predictedCapacity:n= protectFromScaleIn:b region+ serviceLinkedRoleArn+
    suspendedProcesses:l tags[key! propagateAtLaunch:b! value!] targetGroupArns:l+ terminationPolicies:l
    trafficSources[identifier! type]+ vpcZoneIdentifiers:l+ waitForCapacityTimeout waitForElbCapacity:n
    warmPool{instanceReusePolicy{reuseOnScaleIn:b} maxGroupPreparedCapacity:n minSize:n poolState} warmPoolSize:n=
  `,
  "aws:ec2/spotFleetRequest:SpotFleetRequest": `
    allocationStrategy clientToken= context excessCapacityTerminationPolicy fleetType iamFleetRole!
    instanceInterruptionBehaviour instancePoolsToUseCount:n launchSpecifications[ami! associatePublicIpAddress:b
    availabilityZone+ ebsBlockDevices[deleteOnTermination:b deviceName! encrypted:b+ iops:n+ kmsKeyId+ snapshotId+
    throughput:n+ volumeSize:n+ volumeType+]+ ebsOptimized:b ephemeralBlockDevices[deviceName! virtualName!]+
    iamInstanceProfile iamInstanceProfileArn instanceType! keyName+ monitoring:b placementGroup+ placementTenancy
    rootBlockDevices[deleteOnTermination:b encrypted:b+ iops:n+ kmsKeyId+ throughput:n+ volumeSize:n+ volumeType+]+
    spotPrice subnetId+ tags:m userData vpcSecurityGroupIds:l+ weightedCapacity]
    launchTemplateConfigs[launchTemplateSpecification{id name version}! overrides[availabilityZone
    instanceRequirements{acceleratorCount{max:n min:n} acceleratorManufacturers:l acceleratorNames:l
    acceleratorTotalMemoryMib{max:n min:n} acceleratorTypes:l allowedInstanceTypes:l bareMetal
    baselineEbsBandwidthMbps{max:n min:n} burstablePerformance cpuManufacturers:l excludedInstanceTypes:l
    instanceGenerations:l localStorage localStorageTypes:l memoryGibPerVcpu{max:n min:n} memoryMib{max:n min:n}
    networkBandwidthGbps{max:n min:n} networkInterfaceCount{max:n min:n} onDemandMaxPricePercentageOverLowestPrice:n
    requireHibernateSupport:b spotMaxPricePercentageOverLowestPrice:n totalLocalStorageGb{max:n min:n}
    vcpuCount{max:n min:n}} instanceType priority:n+ spotPrice+ subnetId+ weightedCapacity:n+]] loadBalancers:l+
    onDemandAllocationStrategy onDemandMaxTotalPrice onDemandTargetCapacity:n region+ replaceUnhealthyInstances:b
    spotMaintenanceStrategies{capacityRebalance{replacementStrategy}} spotPrice spotRequestState= tags:m tagsAll:m=
    targetCapacity:n! targetCapacityUnitType targetGroupArns:l+ terminateInstancesOnDelete
    terminateInstancesWithExpiration:b validFrom validUntil waitForFulfillment:b
  `,
  "aws:ec2/fleet:Fleet": `
    arn= context excessCapacityTerminationPolicy fleetInstanceSets[instanceIds:l+ instanceType+ lifecycle+
    platform+]+ fleetState+ fulfilledCapacity:n+ fulfilledOnDemandCapacity:n+
    launchTemplateConfigs[launchTemplateSpecification{launchTemplateId launchTemplateName version!}
    overrides[availabilityZone instanceRequirements{acceleratorCount{max:n min:n} acceleratorManufacturers:l
    acceleratorNames:l acceleratorTotalMemoryMib{max:n min:n} acceleratorTypes:l allowedInstanceTypes:l bareMetal
    baselineEbsBandwidthMbps{max:n min:n} burstablePerformance cpuManufacturers:l excludedInstanceTypes:l
    instanceGenerations:l localStorage localStorageTypes:l maxSpotPriceAsPercentageOfOptimalOnDemandPrice:n
    memoryGibPerVcpu{max:n min:n} memoryMib{max:n min:n!}! networkBandwidthGbps{max:n min:n}
    networkInterfaceCount{max:n min:n} onDemandMaxPricePercentageOverLowestPrice:n requireHibernateSupport:b
    spotMaxPricePercentageOverLowestPrice:n totalLocalStorageGb{max:n min:n} vcpuCount{max:n min:n!}!} instanceType
    maxPrice priority:n subnetId weightedCapacity:n]]! onDemandOptions{allocationStrategy
    capacityReservationOptions{usageStrategy} maxTotalPrice minTargetCapacity:n singleAvailabilityZone:b
    singleInstanceType:b} region+ replaceUnhealthyInstances:b spotOptions{allocationStrategy
    instanceInterruptionBehavior instancePoolsToUseCount:n
    maintenanceStrategies{capacityRebalance{replacementStrategy terminationDelay:n}} maxTotalPrice
    minTargetCapacity:n singleAvailabilityZone:b singleInstanceType:b} tags:m tagsAll:m=
    targetCapacitySpecification{defaultTargetCapacityType! onDemandTargetCapacity:n spotTargetCapacity:n
    targetCapacityUnitType totalTargetCapacity:n!}! terminateInstances:b terminateInstancesWithExpiration:b type
    validFrom validUntil
  `,
  "aws:eks/nodeGroup:NodeGroup": `
    amiType+ arn= capacityType+ clusterName! diskSize:n+ forceUpdateVersion:b instanceTypes:l+ labels:m
    launchTemplate{id+ name+ version!} nodeGroupName+ nodeGroupNamePrefix+ nodeRepairConfig{enabled:b
    maxParallelNodesRepairedCount:n maxParallelNodesRepairedPercentage:n maxUnhealthyNodeThresholdCount:n
    maxUnhealthyNodeThresholdPercentage:n nodeRepairConfigOverrides[minRepairWaitTimeMins:n!
    nodeMonitoringCondition! nodeUnhealthyReason! repairAction!]}+ nodeRoleArn! region+ releaseVersion+
    remoteAccess{ec2SshKey sourceSecurityGroupIds:l} resources[autoscalingGroups[name+]+
    remoteAccessSecurityGroupId+]= scalingConfig{desiredSize:n! maxSize:n! minSize:n!}! status= subnetIds:l! tags:m
    tagsAll:m= taints[effect! key! value] updateConfig{maxUnavailable:n maxUnavailablePercentage:n updateStrategy}+
    version+ warmPoolConfig{maxGroupPreparedCapacity:n+ minSize:n+ poolState+ reuseOnScaleIn:b+}
  `,
  "aws:batch/computeEnvironment:ComputeEnvironment": `
    arn= computeResources{allocationStrategy bidPercentage:n desiredVcpus:n+ ec2Configurations[imageIdOverride+
    imageKubernetesVersion imageType]+ ec2KeyPair imageId instanceRole instanceTypes:l
    launchTemplate{launchTemplateId launchTemplateName version+} maxVcpus:n! minVcpus:n placementGroup
    securityGroupIds:l spotIamFleetRole subnets:l! tags:m type!}+ ecsClusterArn= eksConfiguration{eksClusterArn!
    kubernetesNamespace!} name+ namePrefix+ region+ serviceRole+ state status= statusReason= tags:m tagsAll:m= type!
    updatePolicy{jobExecutionTimeoutMinutes:n+ terminateJobsOnUpdate:b+}+
  `,
  "aws:ecs/capacityProvider:CapacityProvider": `
    arn= autoScalingGroupProvider{autoScalingGroupArn! managedDraining+ managedScaling{instanceWarmupPeriod:n+
    maximumScalingStepSize:n+ minimumScalingStepSize:n+ status+ targetCapacity:n+}+ managedTerminationProtection+}
    cluster managedInstancesProvider{autoRepairConfiguration{actionsStatus+}+
    infrastructureOptimization{scaleInAfter:n} infrastructureRoleArn! instanceLaunchTemplate{capacityOptionType+
    capacityReservations{reservationGroupArn reservationPreference+} ec2InstanceProfileArn!
    instanceRequirements{acceleratorCount{max:n min:n} acceleratorManufacturers:l acceleratorNames:l
    acceleratorTotalMemoryMib{max:n min:n} acceleratorTypes:l allowedInstanceTypes:l bareMetal
    baselineEbsBandwidthMbps{max:n min:n} burstablePerformance cpuManufacturers:l excludedInstanceTypes:l
    instanceGenerations:l localStorage localStorageTypes:l maxSpotPriceAsPercentageOfOptimalOnDemandPrice:n
    memoryGibPerVcpu{max:n min:n} memoryMib{max:n min:n!}! networkBandwidthGbps{max:n min:n}
    networkInterfaceCount{max:n min:n} onDemandMaxPricePercentageOverLowestPrice:n requireHibernateSupport:b
    spotMaxPricePercentageOverLowestPrice:n totalLocalStorageGb{max:n min:n} vcpuCount{max:n min:n!}!}
    localStorageConfiguration{useLocalStorage:b} monitoring networkConfiguration{securityGroups:l subnets:l!}!
    storageConfiguration{storageSizeGib:n!}}! propagateTags} name+ region+ tags:m tagsAll:m=
  `,
  "aws:elasticbeanstalk/environment:Environment": `
    allSettings[name! namespace! resource value!]= application! arn= autoscalingGroups:l= cname= cnamePrefix+
    description endpointUrl= instances:l= launchConfigurations:l= loadBalancers:l= name+ platformArn+ pollInterval
    queues:l= region+ settings[name! namespace! resource value!] solutionStackName+ tags:m tagsAll:m= templateName
    tier triggers:l= version+ waitForReadyTimeout
  `,
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": `
    application! description environmentId name+ region+ settings[name! namespace! resource value!]+
    solutionStackName
  `,
  "aws:emr/securityConfiguration:SecurityConfiguration": `
    configuration! creationDate= name+ namePrefix+ region+
  `,
  "aws:emr/cluster:Cluster": `
    additionalInfo applications:l arn= autoTerminationPolicy{idleTimeout:n} autoscalingRole bootstrapActions[args:l
    name! path!] clusterState= configurations configurationsJson coreInstanceFleet{id+ instanceTypeConfigs[bidPrice
    bidPriceAsPercentageOfOnDemandPrice:n configurations[classification properties:m] ebsConfigs[iops:n size:n!
    type! volumesPerInstance:n]+ instanceType! weightedCapacity:n]
    launchSpecifications{onDemandSpecifications[allocationStrategy!] spotSpecifications[allocationStrategy!
    blockDurationMinutes:n timeoutAction! timeoutDurationMinutes:n!]} name provisionedOnDemandCapacity:n+
    provisionedSpotCapacity:n+ targetOnDemandCapacity:n targetSpotCapacity:n}+ coreInstanceGroup{autoscalingPolicy
    bidPrice ebsConfigs[iops:n size:n! throughput:n type! volumesPerInstance:n]+ id+ instanceCount:n instanceType!
    name}+ customAmiId ebsRootVolumeSize:n ec2Attributes{additionalMasterSecurityGroups
    additionalSlaveSecurityGroups emrManagedMasterSecurityGroup+ emrManagedSlaveSecurityGroup+ instanceProfile!
    keyName serviceAccessSecurityGroup+ subnetId+ subnetIds:l+} keepJobFlowAliveWhenNoSteps:b+
    kerberosAttributes{adDomainJoinPassword adDomainJoinUser crossRealmTrustPrincipalPassword kdcAdminPassword!
    realm!} listStepsStates:l logEncryptionKmsKeyId logUri masterInstanceFleet{id+ instanceTypeConfigs[bidPrice
    bidPriceAsPercentageOfOnDemandPrice:n configurations[classification properties:m] ebsConfigs[iops:n size:n!
    type! volumesPerInstance:n]+ instanceType! weightedCapacity:n]
    launchSpecifications{onDemandSpecifications[allocationStrategy!] spotSpecifications[allocationStrategy!
    blockDurationMinutes:n timeoutAction! timeoutDurationMinutes:n!]} name provisionedOnDemandCapacity:n+
    provisionedSpotCapacity:n+ targetOnDemandCapacity:n targetSpotCapacity:n}+ masterInstanceGroup{bidPrice
    ebsConfigs[iops:n size:n! throughput:n type! volumesPerInstance:n]+ id+ instanceCount:n instanceType! name}+
    masterPublicDns= name+ osReleaseLabel placementGroupConfigs[instanceRole! placementStrategy+] region+
    releaseLabel! scaleDownBehavior+ securityConfiguration serviceRole! stepConcurrencyLevel:n
    steps[actionOnFailure! hadoopJarStep{args:l jar! mainClass properties:m}! name!]+ tags:m tagsAll:m=
    terminationProtection:b+ unhealthyNodeReplacement:b visibleToAllUsers:b
  `,
  "aws:gamelift/gameServerGroup:GameServerGroup": `
    arn= autoScalingGroupArn= autoScalingPolicy{estimatedInstanceWarmup:n+
    targetTrackingConfiguration{targetValue:n!}!} balancingStrategy+ gameServerGroupName!
    gameServerProtectionPolicy+ instanceDefinitions[instanceType! weightedCapacity]! launchTemplate{id+ name+
    version}! maxSize:n! minSize:n! region+ roleArn! tags:m tagsAll:m= vpcSubnets:l
  `,
};
