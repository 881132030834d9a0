/**
 * Types of @pulumi/aws whose input `name` is optional, so that the provider makes one up: resource files by module.
 */
export const NAMED: Readonly<Record<string, string>> = {
  account: "alternativeContact",
  agentregistry: "registry",
  alb: "loadBalancer targetGroup",
  amp: "ruleGroupNamespace",
  amplify: "app",
  apigateway: "apiKey authorizer model requestValidator restApi usagePlan vpcLink",
  apigatewayv2: "api authorizer model stage vpcLink",
  appautoscaling: "policy scheduledAction",
  appconfig: "application configurationProfile deploymentStrategy environment eventIntegration extension",
  appflow: "connectorProfile flow",
  appintegrations: "dataIntegration",
  appmesh: "gatewayRoute mesh route virtualGateway virtualNode virtualRouter virtualService",
  apprunner: "vpcIngressConnection",
  appstream: "fleet imageBuilder stack",
  appsync: "api channelNamespace dataSource function graphQLApi",
  arcregionswitch: "plan",
  athena: "capacityReservation dataCatalog database namedQuery preparedStatement workgroup",
  auditmanager: "assessment assessmentReport control framework",
  autoscaling: "group lifecycleHook policy",
  autoscalingplans: "scalingPlan",
  backup: `
    framework logicallyAirGappedVault plan reportPlan restoreTestingPlan restoreTestingSelection selection vault
  `,
  batch: "computeEnvironment jobDefinition jobQueue schedulingPolicy",
  bedrock: `
    agentDataSource agentFlow agentKnowledgeBase agentPrompt agentcoreAgentRuntimeEndpoint
    agentcoreApiKeyCredentialProvider agentcoreBrowser agentcoreBrowserProfile agentcoreCodeInterpreter
    agentcoreGateway agentcoreGatewayTarget agentcoreMemory agentcoreMemoryStrategy
    agentcoreOauth2CredentialProvider agentcorePolicy agentcorePolicyEngine agentcoreRegistry
    agentcoreWorkloadIdentity guardrail inferenceProfile
  `,
  billing: "view",
  budgets: "budget",
  cfg: `
    configurationAggregator conformancePack deliveryChannel organizationConformancePack organizationCustomPolicyRule
    organizationCustomRule organizationManagedRule recorder recorderStatus rule
  `,
  chime: "sdkvoiceSipMediaApplication sdkvoiceSipRule sdkvoiceVoiceProfileDomain voiceConnector voiceConnectorGroup",
  chimesdkmediapipelines: "mediaInsightsPipelineConfiguration",
  cleanrooms: "collaboration configuredTable",
  cloud9: "environmentEC2",
  cloudformation: "stack stackSet",
  cloudfront: `
    anycastIpList cachePolicy connectionFunction connectionGroup distributionTenant fieldLevelEncryptionProfile
    function keyGroup keyValueStore originAccessControl originRequestPolicy publicKey realtimeLogConfig
    responseHeadersPolicy trustStore
  `,
  cloudsearch: "domain",
  cloudtrail: "eventDataStore trail",
  cloudwatch: `
    alarmMuteRule eventApiDestination eventArchive eventBus eventConnection eventEndpoint eventRule
    logDeliveryDestination logDeliverySource logDestination logGroup logMetricFilter logStream logSubscriptionFilter
    metricAlarm metricStream queryDefinition
  `,
  codebuild: "fleet project reportGroup",
  codecatalyst: "sourceRepository",
  codecommit: "approvalRuleTemplate",
  codeconnections: "connection host",
  codedeploy: "application",
  codeguruprofiler: "profilingGroup",
  codepipeline: "pipeline webhook",
  codestarconnections: "connection host",
  codestarnotifications: "notificationRule",
  cognito: "resourceServer userGroup userPool userPoolClient",
  comprehend: "documentClassifier entityRecognizer",
  connect: `
    contactFlow contactFlowModule hoursOfOperation queue quickConnect routingProfile securityProfile user
    userHierarchyGroup vocabulary
  `,
  costexplorer: "anomalyMonitor anomalySubscription costCategory",
  dataexchange: "dataSet",
  datapipeline: "pipeline",
  datasync: "agent task",
  datazone: "assetType domain environment environmentProfile formType glossary glossaryTerm project",
  dax: "parameterGroup subnetGroup",
  devicefarm: "devicePool instanceProfile networkProfile project testGridProject upload",
  directconnect: `
    connection gateway hostedConnection hostedPrivateVirtualInterface hostedPublicVirtualInterface
    hostedTransitVirtualInterface linkAggregationGroup privateVirtualInterface publicVirtualInterface
    transitVirtualInterface
  `,
  dms: "dataProvider eventSubscription instanceProfile migrationProject",
  docdb: "clusterParameterGroup elasticCluster eventSubscription subnetGroup",
  dynamodb: "globalTable table",
  ec2: "ami amiCopy amiFromInstance launchConfiguration launchTemplate managedPrefixList placementGroup securityGroup",
  ecr: "accountSetting repository",
  ecs: "accountSettingDefault capacityProvider cluster daemon service",
  eks: "cluster",
  elasticache: "parameterGroup serverlessCache subnetGroup",
  elasticbeanstalk: "application applicationVersion configurationTemplate environment",
  elastictranscoder: "pipeline preset",
  elb: "appCookieStickinessPolicy loadBalancer loadBalancerCookieStickinessPolicy sslNegotiationPolicy",
  emr: "cluster instanceFleet instanceGroup securityConfiguration studio",
  emrcontainers: "jobTemplate virtualCluster",
  emrserverless: "application",
  evidently: "feature launch project segment",
  finspace: "kxCluster kxDatabase kxDataview kxEnvironment kxScalingGroup kxUser kxVolume",
  fms: "policy",
  fsx: "ontapStorageVirtualMachine ontapVolume openZfsSnapshot openZfsVolume s3accessPointAttachment",
  gamelift: "alias build fleet gameSessionQueue script",
  glacier: "vault",
  globalaccelerator: "accelerator crossAccountAttachment customRoutingAccelerator",
  glue: `
    catalog catalogDatabase catalogTable classifier connection crawler dataQualityRuleset devEndpoint job
    mltransform securityConfiguration trigger userDefinedFunction workflow
  `,
  grafana: "workspace workspaceServiceAccount workspaceServiceAccountToken",
  guardduty: "detectorFeature filter ipset memberDetectorFeature organizationConfigurationFeature threatIntelSet",
  iam: `
    group groupMembership groupPolicy instanceProfile policy policyAttachment role rolePolicy samlProvider
    serverCertificate user userPolicy
  `,
  identitystore: "user",
  imagebuilder: `
    component containerRecipe distributionConfiguration imagePipeline imageRecipe infrastructureConfiguration
    lifecyclePolicy workflow
  `,
  inspector: "assessmentTarget assessmentTemplate",
  inspector2: "filter",
  invoicing: "invoiceUnit",
  iot: "authorizer billingGroup domainConfiguration policy provisioningTemplate thing thingGroup thingType topicRule",
  ivs: "channel playbackKeyPair recordingConfiguration",
  ivschat: "loggingConfiguration room",
  kendra: "dataSource experience faq index_ querySuggestionsBlockList thesaurus",
  keyspaces: "keyspace",
  kinesis: "analyticsApplication firehoseDeliveryStream stream streamConsumer videoStream",
  kinesisanalyticsv2: "application",
  kms: "alias grant",
  lakeformation: "lfTagExpression",
  lambda: "alias capacityProvider coreNetworkConnector function microvmsImage",
  lambdamicrovms: "image",
  lb: "loadBalancer targetGroup trustStore",
  lex: "bot botAlias intent slotType v2modelsBot v2modelsBotLocale v2modelsIntent v2modelsSlot v2modelsSlotType",
  licensemanager: "licenseConfiguration licenseGrant",
  lightsail: `
    bucket certificate containerService disk distribution domainEntry instance keyPair lb lbCertificate staticIp
  `,
  m2: "application environment",
  macie: "customDataIdentifier findingsFilter",
  macie2: "classificationJob",
  mailmanager: "archive ingressPoint relay ruleSet trafficPolicy",
  mediaconvert: "queue",
  medialive: "channel input multiplex",
  mediapackagev2: "channelGroup",
  mediastore: "container",
  memorydb: "acl cluster parameterGroup snapshot subnetGroup",
  mq: "configuration",
  msk: "configuration topic",
  mskconnect: "connector customPlugin workerConfiguration",
  mwaa: "environment",
  neptune: "clusterParameterGroup eventSubscription parameterGroup subnetGroup",
  networkfirewall: "firewall firewallPolicy ruleGroup tlsInspectionConfiguration",
  notifications: "contactsEmailContact notificationConfiguration",
  oam: "sink",
  observabilityadmin: "telemetryPipeline",
  opensearch: `
    application serverlessAccessPolicy serverlessCollection serverlessCollectionGroup serverlessLifecyclePolicy
    serverlessSecurityConfig serverlessSecurityPolicy serverlessVpcEndpoint
  `,
  organizations: "account organizationalUnit policy",
  pinpoint: "app smsvoicev2ConfigurationSet smsvoicev2OptOutList",
  pipes: "pipe",
  qldb: "ledger",
  quicksight: "analysis dashboard dataSet dataSource folder template theme vpcConnection",
  ram: "permission resourceShare",
  rds: "clusterParameterGroup eventSubscription optionGroup parameterGroup proxy subnetGroup",
  redshift: "eventSubscription parameterGroup scheduledAction subnetGroup",
  rekognition: "project streamProcessor",
  resiliencehub: "resiliencyPolicy v2policy v2service v2serviceFunction v2system v2userJourney",
  resourceexplorer: "view",
  resourcegroups: "group",
  rolesanywhere: "profile trustAnchor",
  route53: `
    cidrCollection cidrLocation keySigningKey profilesAssociation profilesProfile profilesResourceAssociation
    resolverEndpoint resolverFirewallDomainList resolverFirewallRule resolverFirewallRuleGroup
    resolverFirewallRuleGroupAssociation resolverQueryLogConfig resolverRule resolverRuleAssociation trafficPolicy
    trafficPolicyInstance zone
  `,
  route53recoverycontrol: "cluster controlPanel routingControl safetyRule",
  rum: "appMonitor",
  s3: "accessPoint analyticsConfiguration bucketIntelligentTieringConfiguration bucketMetric inventory",
  s3control: "directoryBucketAccessPointScope objectLambdaAccessPoint objectLambdaAccessPointPolicy",
  s3tables: "table tableBucket tablePolicy",
  sagemaker: `
    dataQualityJobDefinition endpoint endpointConfiguration hyperParameterTuningJob mlflowApp model
    monitoringSchedule notebookInstance notebookInstanceLifecycleConfiguration
  `,
  scheduler: "schedule scheduleGroup",
  schemas: "registry schema",
  secretsmanager: "secret",
  securityhub: "actionTarget configurationPolicy connectorV2 insight",
  serverlessrepository: "cloudFormationStack",
  servicecatalog: `
    appregistryApplication appregistryAttributeGroup portfolio product provisionedProduct provisioningArtifact
    serviceAction
  `,
  servicediscovery: "httpNamespace privateDnsNamespace publicDnsNamespace service",
  ses: "configurationSet eventDestination identityPolicy receiptFilter receiptRule template",
  sfn: "activity alias stateMachine",
  shield: "protection",
  signer: "signingProfile",
  sns: "platformApplication topic",
  sqs: "queue",
  ssm: `
    activation association contactsRotation document maintenanceWindow maintenanceWindowTarget maintenanceWindowTask
    parameter patchBaseline quicksetupConfigurationManager resourceDataSync
  `,
  ssmcontacts: "contactChannel",
  ssmincidents: "responsePlan",
  ssoadmin: "application permissionSet trustedTokenIssuer",
  swf: "domain",
  synthetics: "canary group",
  timestreaminfluxdb: "dbCluster dbInstance",
  timestreamquery: "scheduledQuery",
  vpclattice: "listener listenerRule resourceConfiguration resourceGateway service serviceNetwork targetGroup",
  waf: `
    byteMatchSet geoMatchSet ipSet rateBasedRule regexMatchSet regexPatternSet rule ruleGroup sizeConstraintSet
    sqlInjectionMatchSet webAcl xssMatchSet
  `,
  wafregional: `
    byteMatchSet geoMatchSet ipSet rateBasedRule regexMatchSet regexPatternSet rule ruleGroup sizeConstraintSet
    sqlInjectionMatchSet webAcl xssMatchSet
  `,
  wafv2: "ipSet regexPatternSet ruleGroup webAcl webAclRule",
  workmail: "group user",
  workspaces: "ipGroup",
  xray: "indexingRule",
};
