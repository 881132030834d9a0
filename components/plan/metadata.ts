/** The options of the metadata service, whole and explicit, so that neither account nor image decides. */
export interface MetadataOptions {
  readonly httpEndpoint: "enabled" | "disabled";
  readonly httpTokens: "required";
  readonly httpPutResponseHopLimit: number;
  readonly httpProtocolIpv6: "disabled";
  readonly instanceMetadataTags: "disabled";
}

/** A packet to a container on a bridge network takes one hop more. */
export function metadataOptions(isOn: boolean, isContainerHost: boolean): MetadataOptions {
  return {
    httpEndpoint: isOn ? "enabled" : "disabled",
    httpTokens: "required",
    httpPutResponseHopLimit: isContainerHost ? 2 : 1,
    httpProtocolIpv6: "disabled",
    instanceMetadataTags: "disabled",
  };
}
