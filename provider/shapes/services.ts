/** What user data and policies name. Notation: `provider/schema.ts`. */
export const SERVICES: Readonly<Record<string, string>> = {
  "aws:ssm/parameter:Parameter": `
    allowedPattern arn+ dataType+ description hasValueWo:b= insecureValue+ keyId+ name+ overwrite:b region+ tags:m
    tagsAll:m= tier+ type! value+ valueWo valueWoVersion:n version:n=
  `,
  "aws:secretsmanager/secret:Secret": `
    arn= description forceOverwriteReplicaSecret:b kmsKeyId name+ namePrefix+ policy+ recoveryWindowInDays:n region+
    replicas[kmsKeyId+ lastAccessedDate+ region! status+ statusMessage+] tags:m tagsAll:m= type
  `,
  "aws:secretsmanager/secretVersion:SecretVersion": `
    arn= hasSecretStringWo:b= region+ secretArn= secretBinary secretId! secretString secretStringWo
    secretStringWoVersion:n versionId= versionStages:l+
  `,
  "aws:cloudwatch/logGroup:LogGroup": `
    arn= deletionProtectionEnabled:b+ kmsKeyId logGroupClass+ name+ namePrefix+ region+ retentionInDays:n
    skipDestroy:b tags:m tagsAll:m=
  `,
  "aws:cloudwatch/metricAlarm:MetricAlarm": `
    actionsEnabled:b alarmActions:l alarmDescription arn= comparisonOperator datapointsToAlarm:n dimensions:m
    evaluateLowSampleCountPercentiles+ evaluationCriteria{promqlCriteria{pendingPeriod:n query! recoveryPeriod:n}!}
    evaluationInterval:n evaluationPeriods:n extendedStatistic insufficientDataActions:l metricName
    metricQueries[accountId expression id! label metric{dimensions:m metricName! namespace period:n! stat! unit}
    period:n returnData:b] name+ namespace okActions:l period:n region+ statistic tags:m tagsAll:m= threshold:n
    thresholdMetricId treatMissingData unit warmUpConfiguration{onlyStartEvaluatingAfterWarmUpPeriodEnds:b
    warmUpPeriodDurationInMinutes:n!}
  `,
  "aws:s3/bucket:Bucket": `
    accelerationStatus+ acl+ arn= bucket+ bucketDomainName= bucketNamespace+ bucketPrefix+ bucketRegion=
    bucketRegionalDomainName= corsRules[allowedHeaders:l allowedMethods:l! allowedOrigins:l! exposeHeaders:l
    maxAgeSeconds:n]+ forceDestroy:b grants[id permissions:l! type! uri]+ hostedZoneId=
    lifecycleRules[abortIncompleteMultipartUploadDays:n enabled:b! expiration{date days:n
    expiredObjectDeleteMarker:b} id+ noncurrentVersionExpiration{days:n} noncurrentVersionTransitions[days:n
    storageClass!] prefix tags:m transitions[date days:n storageClass!]]+ logging{targetBucket! targetPrefix}+
    objectLockConfiguration{objectLockEnabled rule{defaultRetention{days:n mode years:n}!}}+ objectLockEnabled:b+
    policy+ region+ replicationConfiguration{role! rules[deleteMarkerReplicationStatus
    destination{accessControlTranslation{owner!} accountId bucket! metrics{minutes:n status} replicaKmsKeyId
    replicationTime{minutes:n status} storageClass}! filter{prefix tags:m} id prefix priority:n
    sourceSelectionCriteria{sseKmsEncryptedObjects{enabled:b!}} status!]!}+ requestPayer+
    serverSideEncryptionConfiguration{rule{applyServerSideEncryptionByDefault{kmsMasterKeyId+ sseAlgorithm!}
    blockedEncryptionTypes:l+ bucketKeyEnabled:b+}!}+ tags:m tagsAll:m= versioning{enabled:b mfaDelete:b}+
    website{errorDocument indexDocument redirectAllRequestsTo routingRules}+ websiteDomain= websiteEndpoint=
  `,
  "aws:s3/bucketPolicy:BucketPolicy": `
    bucket! policy! region+
  `,
  "aws:kms/key:Key": `
    arn= bypassPolicyLockoutSafetyCheck:b customKeyStoreId customerMasterKeySpec deletionWindowInDays:n description+
    enableKeyRotation:b isEnabled:b keyId= keyUsage multiRegion:b+ policy+ region+ rotationPeriodInDays:n+ tags:m
    tagsAll:m= xksKeyId
  `,
  "aws:rds/instance:Instance": `
    address= allocatedStorage:n+ allowMajorVersionUpgrade:b applyImmediately:b arn= autoMinorVersionUpgrade:b
    availabilityZone+ backupRetentionPeriod:n+ backupTarget+ backupWindow+ blueGreenUpdate{enabled:b}
    caCertIdentifier+ characterSetName+ copyTagsToSnapshot:b customIamInstanceProfile customerOwnedIpEnabled:b
    databaseInsightsMode+ dbName+ dbSubnetGroupName+ dedicatedLogVolume:b deleteAutomatedBackups:b
    deletionProtection:b domain domainAuthSecretArn domainDnsIps:l domainFqdn+ domainIamRoleName domainOu
    enabledCloudwatchLogsExports:l endpoint= engine+ engineLifecycleSupport+ engineVersion+ engineVersionActual=
    finalSnapshotIdentifier hostedZoneId= iamDatabaseAuthenticationEnabled:b identifier+ identifierPrefix+
    instanceClass! iops:n+ kmsKeyId+ latestRestorableTime= licenseModel+ listenerEndpoints[address+ hostedZoneId+
    port:n+]= maintenanceWindow+ manageMasterUserPassword:b masterUserSecretKmsKeyId+ masterUserSecrets[kmsKeyId+
    secretArn+ secretStatus+]= maxAllocatedStorage:n monitoringInterval:n monitoringRoleArn+ multiAz:b+
    ncharCharacterSetName+ networkType+ optionGroupName+ parameterGroupName+ password passwordWo passwordWoVersion:n
    performanceInsightsEnabled:b performanceInsightsKmsKeyId+ performanceInsightsRetentionPeriod:n+ port:n+
    publiclyAccessible:b region+ replicaMode+ replicas:l= replicateSourceDb resourceId=
    restoreToPointInTime{restoreTime sourceDbInstanceAutomatedBackupsArn sourceDbInstanceIdentifier
    sourceDbiResourceId useLatestRestorableTime:b} s3Import{bucketName! bucketPrefix ingestionRole! sourceEngine!
    sourceEngineVersion!} skipFinalSnapshot:b snapshotIdentifier+ status= storageEncrypted:b storageThroughput:n+
    storageType+ tags:m tagsAll:m= timezone+ upgradeRolloutOrder= upgradeStorageConfig:b username+
    vpcSecurityGroupIds:l+ warningEventCategories:l
  `,
  "aws:sqs/queue:Queue": `
    arn= contentBasedDeduplication:b deduplicationScope+ delaySeconds:n fifoQueue:b fifoThroughputLimit+
    kmsDataKeyReusePeriodSeconds:n+ kmsMasterKeyId maxMessageSize:n messageRetentionSeconds:n name+ namePrefix+
    policy+ receiveWaitTimeSeconds:n redriveAllowPolicy+ redrivePolicy+ region+ sqsManagedSseEnabled:b+ tags:m
    tagsAll:m= url= visibilityTimeoutSeconds:n
  `,
  "aws:sns/topic:Topic": `
    applicationFailureFeedbackRoleArn applicationSuccessFeedbackRoleArn applicationSuccessFeedbackSampleRate:n
    archivePolicy arn= beginningArchiveTime= contentBasedDeduplication:b deliveryPolicy displayName
    fifoThroughputScope+ fifoTopic:b firehoseFailureFeedbackRoleArn firehoseSuccessFeedbackRoleArn
    firehoseSuccessFeedbackSampleRate:n httpFailureFeedbackRoleArn httpSuccessFeedbackRoleArn
    httpSuccessFeedbackSampleRate:n kmsMasterKeyId lambdaFailureFeedbackRoleArn lambdaSuccessFeedbackRoleArn
    lambdaSuccessFeedbackSampleRate:n name+ namePrefix+ owner= policy+ region+ signatureVersion:n+
    sqsFailureFeedbackRoleArn sqsSuccessFeedbackRoleArn sqsSuccessFeedbackSampleRate:n tags:m tagsAll:m=
    tracingConfig+
  `,
  "aws:ecr/repository:Repository": `
    arn= encryptionConfigurations[encryptionType kmsKey+] forceDelete:b imageScanningConfiguration{scanOnPush:b!}
    imageTagMutability imageTagMutabilityExclusionFilters[filter! filterType!] name+ region+ registryId=
    repositoryUrl= tags:m tagsAll:m=
  `,
  "aws:ecs/cluster:Cluster": `
    arn= configuration{executeCommandConfiguration{kmsKeyId logConfiguration{cloudWatchEncryptionEnabled:b
    cloudWatchLogGroupName s3BucketEncryptionEnabled:b s3BucketName s3KeyPrefix} logging}
    managedStorageConfiguration{fargateEphemeralStorageKmsKeyId kmsKeyId}} name+ region+
    serviceConnectDefaults{namespace!} settings[name! value!]+ tags:m tagsAll:m=
  `,
  "aws:eks/cluster:Cluster": `
    accessConfig{authenticationMode+ bootstrapClusterCreatorAdminPermissions:b}+ arn= bootstrapSelfManagedAddons:b
    certificateAuthority{data+}= clusterId= computeConfig{enabled:b+ nodePools:l nodeRoleArn}+
    controlPlaneScalingConfig{tier+}+ createdAt= defaultAddonsToRemoves:l deletionProtection:b+
    enabledClusterLogTypes:l encryptionConfig{provider{keyArn!}! resources:l!} endpoint= forceUpdateVersion:b
    identities[oidcs[issuer+]+]= kubeApiServerConfig{eventTtl+ serviceNodePortRange{maxPort:n+ minPort:n+}+}+
    kubeControllerManagerConfig{horizontalPodAutoscalerControllerConfig{horizontalPodAutoscalerSyncPeriod+}+
    podGcControllerConfig{terminatedPodGcThreshold:n+}+}+
    kubeSchedulerConfig{nodeResourcesFit{scoringStrategy{resources[name+ weight:n+]+ type+}+}+}+
    kubernetesNetworkConfig{elasticLoadBalancing{enabled:b+}+ ipFamily+ serviceIpv4Cidr+ serviceIpv6Cidr+}+ name+
    outpostConfig{controlPlaneInstanceType! controlPlanePlacement{groupName spreadLevel+} etcdInstanceType+
    etcdPlacement{spreadLevel+}+ outpostArns:l!} platformVersion= region+
    remoteNetworkConfig{remoteNodeNetworks{cidrs:l} remotePodNetworks{cidrs:l}} roleArn! status=
    storageConfig{blockStorage{enabled:b+}}+ tags:m tagsAll:m= upgradePolicy{supportType+}+ version+
    vpcConfig{clusterSecurityGroupId+ controlPlaneEgressMode+ endpointPrivateAccess:b endpointPublicAccess:b
    publicAccessCidrs:l+ securityGroupIds:l subnetIds:l! vpcId+}! zonalShiftConfig{enabled:b}
  `,
  "aws:dynamodb/table:Table": `
    arn= attributes[name! type!]+ billingMode deletionProtectionEnabled:b globalSecondaryIndexes[hashKey+
    keySchemas[attributeName! keyType!]+ name! nonKeyAttributes:l onDemandThroughput{maxReadRequestUnits:n+
    maxWriteRequestUnits:n+} projectionType! rangeKey readCapacity:n+ warmThroughput{readUnitsPerSecond:n+
    writeUnitsPerSecond:n+}+ writeCapacity:n+]+ globalTableWitness{regionName+}+ hashKey+
    importTable{inputCompressionType inputFormat! inputFormatOptions{csv{delimiter headerLists:l}}
    s3BucketSource{bucket! bucketOwner keyPrefix}!} localSecondaryIndexes[name! nonKeyAttributes:l projectionType!
    rangeKey!] name+ onDemandThroughput{maxReadRequestUnits:n+ maxWriteRequestUnits:n+}
    pointInTimeRecovery{enabled:b! recoveryPeriodInDays:n+}+ rangeKey readCapacity:n+ region+ replicas[arn+
    consistencyMode deletionProtectionEnabled:b+ kmsKeyArn+ pointInTimeRecovery:b propagateTags:b regionName!
    streamArn+ streamLabel+] restoreBackupArn restoreDateTime restoreSourceName restoreSourceTableArn
    restoreToLatestTime:b serverSideEncryption{enabled:b! kmsKeyArn+}+ streamArn= streamEnabled:b streamLabel=
    streamViewType+ tableClass tags:m tagsAll:m= ttl{attributeName enabled:b}+ warmThroughput{readUnitsPerSecond:n+
    writeUnitsPerSecond:n+}+ writeCapacity:n+
  `,
};
