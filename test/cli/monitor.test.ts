import { type DeploymentInfo, ResourceMonitorFeature } from "@pulumi/pulumi/proto/resource_pb";
import { Monitor } from "../../cli/host/monitor";
import { Run } from "../../cli/host/run";
import { check, create, invoke } from "../../provider";

const LATEST: keyof typeof ResourceMonitorFeature = "RESOURCE_MONITOR_FEATURE_STATE_MIGRATIONS";

type Handler = (call: { request: object }, reply: (error: object | null, info?: DeploymentInfo) => void) => void;

function deploymentInfo(): Promise<DeploymentInfo> {
  const stack = { name: "dev", project: "p", organization: "o" };
  const config = { values: new Map([["p:size", "3"]]), secretKeys: new Set<string>(), placeholders: [] };
  const { getDeploymentInfo } = new Monitor(new Run(stack, config, { check, create, invoke })).handlers();
  return new Promise((resolve, reject) => {
    (getDeploymentInfo as Handler)({ request: {} }, (error, info) => {
      if (info) resolve(info);
      else reject(new Error(JSON.stringify(error)));
    });
  });
}

test("an SDK that has numbers for some features only is told of those", async () => {
  const all = (await deploymentInfo()).getSupportedfeaturesList();
  const features = ResourceMonitorFeature as unknown as Partial<Record<string, number>>;
  const latest = features[LATEST];
  Reflect.deleteProperty(features, LATEST);
  try {
    const info = await deploymentInfo();
    expect(info.getSupportedfeaturesList()).toEqual(all.filter((each) => each !== latest));
    expect(info.serializeBinary().length).toBeGreaterThan(0);
  } finally {
    if (latest !== undefined) features[LATEST] = latest;
  }
});
