/** What decides where a machine and its template say nothing: the account's defaults for a region, and the image. */
import { integer, type Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Reading } from "../launch";
import { launch, onlyOptions, setIn, type Readers } from "../parts";

/** `no-preference`, and -1 for the hop limit, leave an option open like not setting it. */
function preference(at: Cursor): Fact {
  const { fact } = at;
  const open = fact.state === "known" && (fact.value === "no-preference" || integer(fact.value) === -1);
  return open ? { state: "absent", source: fact.source } : fact;
}

function instanceMetadataDefaults(properties: Cursor): Reading {
  const set = ["httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "instanceMetadataTags"] as const;
  return {
    role: "account default",
    launches: [
      launch(properties, {
        options: onlyOptions(properties, Object.fromEntries(set.map((key) => [key, preference(properties.at(key))]))),
        expresses: new Set(set),
        setter: {
          describe: (attribute, value) => `${attribute}: ${JSON.stringify(value)}`,
          apply: (inputs, attribute, value) => setIn(inputs, "", { [attribute]: value }),
        },
      }),
    ],
  };
}

function image(at: Cursor): Reading {
  return { role: "context", launches: [], imdsSupport: at.at("imdsSupport").fact };
}

/** A copy takes over what its source supports: the provider tells it as an output. */
function copy(_: Cursor, outputs: Cursor): Reading {
  return image(outputs);
}

export const readers: Readers = {
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": instanceMetadataDefaults,
  "aws:ec2/ami:Ami": image,
  "aws:ec2/amiCopy:AmiCopy": copy,
  "aws:ec2/amiFromInstance:AmiFromInstance": copy,
};
