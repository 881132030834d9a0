import { byArn, byName, type Identity } from "./forms";

const DOCUMENT_PORT = 27017;
const REDSHIFT_PORT = 5439;

const DOMAIN = byArn(":es:{region}:{account}:domain/{domainName}", {
  domainId: "{account}/{domainName}",
  endpoint: "search-{domainName}-{chars26}.{region}.es.{suffix}",
  dashboardEndpoint: "search-{domainName}-{chars26}.{region}.es.{suffix}/_dashboards",
});

/** Stores of data, whose addresses boot scripts are told. */
export const STORES: readonly (readonly [string, Identity])[] = [
  [
    "aws:rds/instance:Instance",
    {
      id: "db-{caps26}",
      arn: "arn:{partition}:rds:{region}:{account}:db:{name}",
      more: {
        resourceId: "{id}",
        address: "{name}.{sharedChars12}.{region}.rds.{suffix}",
        endpoint: "{name}.{sharedChars12}.{region}.rds.{suffix}:{databasePort}",
        port: "{=databasePort}",
        dbName: "{=databaseName}",
        hostedZoneId: "Z{caps13}",
      },
    },
  ],
  [
    "aws:rds/cluster:Cluster",
    {
      id: "{name}",
      arn: "arn:{partition}:rds:{region}:{account}:cluster:{name}",
      more: {
        endpoint: "{name}.cluster-{sharedChars12}.{region}.rds.{suffix}",
        readerEndpoint: "{name}.cluster-ro-{sharedChars12}.{region}.rds.{suffix}",
        port: "{=databasePort}",
        databaseName: "",
      },
    },
  ],
  [
    "aws:rds/clusterInstance:ClusterInstance",
    {
      id: "{identifier}",
      arn: "arn:{partition}:rds:{region}:{account}:db:{identifier}",
      more: { endpoint: "{identifier}.{sharedChars12}.{region}.rds.{suffix}", port: "{=databasePort}" },
    },
  ],
  [
    "aws:docdb/cluster:Cluster",
    {
      id: "{clusterIdentifier}",
      arn: "arn:{partition}:rds:{region}:{account}:cluster:{clusterIdentifier}",
      more: {
        endpoint: "{clusterIdentifier}.cluster-{sharedChars12}.{region}.docdb.{suffix}",
        readerEndpoint: "{clusterIdentifier}.cluster-ro-{sharedChars12}.{region}.docdb.{suffix}",
        port: DOCUMENT_PORT,
      },
    },
  ],
  [
    "aws:elasticache/cluster:Cluster",
    {
      id: "{name}",
      arn: "arn:{partition}:elasticache:{region}:{account}:cluster:{name}",
      more: {
        cacheNodes: [{ id: "0001", address: "{name}.{sharedChars6}.0001.use1.cache.{suffix}", port: "{=cachePort}" }],
        clusterAddress: "{name}.{sharedChars6}.cfg.use1.cache.{suffix}",
        configurationEndpoint: "{name}.{sharedChars6}.cfg.use1.cache.{suffix}:{cachePort}",
        port: "{=cachePort}",
      },
    },
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    {
      id: "{replicationGroupId}",
      arn: "arn:{partition}:elasticache:{region}:{account}:replicationgroup:{replicationGroupId}",
      more: {
        primaryEndpointAddress: "master.{replicationGroupId}.{sharedChars6}.use1.cache.{suffix}",
        readerEndpointAddress: "replica.{replicationGroupId}.{sharedChars6}.use1.cache.{suffix}",
        configurationEndpointAddress: "clustercfg.{replicationGroupId}.{sharedChars6}.use1.cache.{suffix}",
        port: "{=cachePort}",
      },
    },
  ],
  [
    "aws:redshift/cluster:Cluster",
    {
      id: "{clusterIdentifier}",
      arn: "arn:{partition}:redshift:{region}:{account}:namespace:{uuid}",
      more: {
        dnsName: "{clusterIdentifier}.{sharedChars12}.{region}.redshift.{suffix}",
        endpoint: `{clusterIdentifier}.{sharedChars12}.{region}.redshift.{suffix}:${String(REDSHIFT_PORT)}`,
        port: REDSHIFT_PORT,
      },
    },
  ],
  ["aws:opensearch/domain:Domain", DOMAIN],
  ["aws:elasticsearch/domain:Domain", DOMAIN],
  [
    "aws:msk/cluster:Cluster",
    byArn(":kafka:{region}:{account}:cluster/{clusterName}/{uuid}", {
      bootstrapBrokers: "b-1.{clusterName}.{sharedChars6}.c1.kafka.{region}.{suffix}:9092",
      bootstrapBrokersTls: "b-1.{clusterName}.{sharedChars6}.c1.kafka.{region}.{suffix}:9094",
      bootstrapBrokersSaslIam: "b-1.{clusterName}.{sharedChars6}.c1.kafka.{region}.{suffix}:9098",
      zookeeperConnectString: "z-1.{clusterName}.{sharedChars6}.c1.kafka.{region}.{suffix}:2181",
    }),
  ],
  [
    "aws:efs/fileSystem:FileSystem",
    {
      id: "fs-{hex17}",
      arn: "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}",
      more: { dnsName: "{id}.efs.{region}.{suffix}", ownerId: "{account}" },
    },
  ],
  [
    "aws:efs/accessPoint:AccessPoint",
    { id: "fsap-{hex17}", arn: "arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{id}" },
  ],
  [
    "aws:efs/mountTarget:MountTarget",
    {
      id: "fsmt-{hex17}",
      more: {
        dnsName: "{fileSystemId}.efs.{region}.{suffix}",
        mountTargetDnsName: "{fileSystemId}.efs.{region}.{suffix}",
        networkInterfaceId: "eni-{hex17}",
      },
    },
  ],
  ["aws:dynamodb/table:Table", byName(":dynamodb:{region}:{account}:table/{name}")],
];
