/**
 * User data to the texts in it, as EC2, the provider, cloud-init, EC2Launch, Ignition and Bottlerocket would decode it.
 * Never throws; time grows with the length of the text, within limits that are stated where they are met.
 */
import type { UserData } from "../machine/launch";
import { visitToml } from "./bottlerocket";
import { visitArchive, visitCloudConfig, visitJsonPatches } from "./cloud-config";
import { fromBase64, gunzip, isArchive, isGzip, soleBase64, toText } from "./encodings";
import { visitIgnition } from "./ignition";
import { visitInline } from "./inline";
import { formatOfContent, formatOfStart, formatOfType, isMime, kindOfFile, type Format } from "./kinds";
import { memoized, perObject } from "../memo";
import { visitMime, type TypedVisitor } from "./mime";
import { Collector, LIMITS, inside, unwrapped, type Decoded, type Kind, type Place } from "./parts";
import { visitEc2Launch, visitLiterals, visitScript, visitWindows } from "./windows";

/** By encoding and property: what the same text decodes to, on however many machines. */
const byContent = new Map<string, (text: string) => Decoded>();

/** What is no text: there is little to work out, and nothing to find it by. */
const byObject = perObject(decodeNow);

/** The parts of user data and what could not be decoded, worked out once. */
export function decode(userData: UserData): Decoded {
  const { fact, encoding } = userData;
  if (fact.state !== "known" || typeof fact.value !== "string") return byObject(userData);
  const key = `${encoding} ${fact.source.path}`;
  if (!byContent.has(key) && byContent.size > 100) byContent.clear();
  const work = byContent.get(key) ?? memoized((value) => decodeNow({ encoding, fact: { ...fact, value } }));
  byContent.set(key, work);
  return work(fact.value);
}

function decodeNow({ fact, encoding }: UserData): Decoded {
  const decoder = new Decoder();
  const place = { path: fact.source.path === "" ? "userData" : fact.source.path, depth: 0 };
  if (fact.state !== "known") decoder.out.fail(place, "its value is not known");
  else if (typeof fact.value !== "string") decoder.out.fail(place, "it is not text");
  else if (fact.value.length > LIMITS.size * (encoding === "base64" ? 2 : 1))
    decoder.out.fail(place, "it is too large");
  else if (encoding === "base64") decoder.property(fact.value, place);
  else decoder.text(fact.value.replaceAll("\r\n", "\n"), place);
  const { parts, binaries, problems } = decoder.out;
  return { parts, binaries, problems };
}

class Decoder implements TypedVisitor {
  readonly out = new Collector();

  /** A property that takes base64: what is not is judged as it stands, although EC2 would refuse it. */
  property(value: string, place: Place): void {
    const bytes = fromBase64(value);
    if (bytes) {
      this.bytes(bytes, place);
      return;
    }
    this.out.fail(place, "it is not base64");
    this.text(value.replaceAll("\r\n", "\n"), place);
  }

  bytes(bytes: Buffer, place: Place): void {
    const text = this.plain(bytes, place);
    if (text !== undefined) this.text(text.text, text.place);
  }

  typed(bytes: Buffer, type: string, place: Place): void {
    const text = this.plain(bytes, place);
    if (text === undefined) return;
    const again = soleBase64(text.text);
    if (again && this.out.took(again.length, text.place)) this.typed(again, type, unwrapped(text.place, "base64"));
    if (again) return;
    const format = formatOfType(type);
    const start = formatOfStart(text.text);
    // The type of a script does not say its language; other types say all, and without one the text tells.
    const told = format === "shell" && start !== undefined && !isContainer(start) ? start : format;
    if (told === undefined) this.text(text.text, text.place);
    else this.formatted(text.text, told, text.place);
  }

  text(text: string, place: Place): void {
    if (!this.out.mayEnter(place)) return;
    const bytes = soleBase64(text);
    if (bytes && this.out.took(bytes.length, place)) this.bytes(bytes, unwrapped(place, "base64"));
    else if (!bytes) this.formatted(text, this.format(text, place), place);
  }

  /** Text out of any compression; undefined where there is none. */
  private plain(bytes: Buffer, place: Place): { text: string; place: Place } | undefined {
    if (!this.out.mayEnter(place)) return undefined;
    if (isGzip(bytes)) {
      const at = unwrapped(place, "gzip");
      const inner = gunzip(bytes, this.out.room);
      if (typeof inner !== "string") return this.out.took(inner.length, at) ? this.plain(inner, at) : undefined;
      this.out.fail(at, inner);
      return undefined;
    }
    if (isArchive(bytes)) this.out.fail(place, "it is an archive");
    const text = isArchive(bytes) || bytes.length === 0 ? undefined : toText(bytes);
    if (text === undefined && bytes.length > 0) this.out.binary(place);
    return text === undefined ? undefined : { text, place };
  }

  private format(text: string, place: Place): Format {
    const start = formatOfStart(text);
    if (start !== undefined && place.kind !== "text") return start;
    if (place.kind !== undefined) return place.kind;
    if (place.file) return kindOfFile(place.file.path) ?? kindOfUnnamed(text);
    // What nothing tells is run as a shell script by some services, and by people who try it out.
    return isMime(text) ? "mime" : (formatOfContent(text) ?? "shell");
  }

  private formatted(text: string, format: Format, place: Place): void {
    if (!this.out.mayEnter(place)) return;
    if (format === "mime") visitMime(text, place, this);
    else if (format === "jinja") this.jinja(text, place);
    else if (format === "boothook") this.boothook(text, place);
    else if (format === "windows") visitWindows(text, place, this);
    else if (isContainer(format)) this.container(text, format, place);
    else this.leaf(text, format === "part-handler" ? "python" : format, place);
  }

  private leaf(text: string, kind: Kind, place: Place): void {
    if (!this.out.add(text, kind, place)) return;
    if (kind === "cloud-config") visitCloudConfig(text, place, this);
    else if (kind === "toml") visitToml(text, place, this);
    else if (kind === "shell") {
      visitInline(text, place, this);
      visitLiterals(text, place, this);
    } else if (kind !== "text" && kind !== "include") visitScript(text, place, this);
  }

  /** Formats that hold settings by themselves and other texts in them. */
  private container(text: string, format: Container, place: Place): void {
    if (!this.out.add(text, CONTAINERS[format], place)) return;
    if (format === "archive") visitArchive(text, place, this);
    else if (format === "jsonp") visitJsonPatches(text, place, this);
    else if (format === "ec2launch") visitEc2Launch(text, place, this);
    else visitIgnition(text, place, this);
  }

  /** The first line names the template language, the next ones what it renders to (cloud-init, "Instance data"). */
  private jinja(text: string, place: Place): void {
    const start = text.trimStart();
    const rest = /^## template:/i.test(start) ? start.slice(start.indexOf("\n") + 1 || start.length) : start;
    if (rest.trim() !== "") this.text(rest, inside(place, "jinja", place.file && { file: place.file }));
  }

  private boothook(text: string, place: Place): void {
    const start = text.trimStart();
    const rest = /^#cloud-boothook/i.test(start) ? start.slice(start.indexOf("\n") + 1 || start.length) : start;
    const kind = formatOfStart(rest);
    const at = inside(place, "boothook");
    this.formatted(rest, kind === undefined || isContainer(kind) ? "shell" : kind, at);
  }
}

const CONTAINERS = { archive: "yaml", jsonp: "json", ec2launch: "yaml", ignition: "json" } as const;
type Container = keyof typeof CONTAINERS;

function isContainer(format: Format): format is Container {
  return Object.hasOwn(CONTAINERS, format);
}

/** A file without a telling name. */
function kindOfUnnamed(text: string): Kind {
  const format = formatOfContent(text);
  return format === "yaml" || format === "toml" || format === "json" ? format : format === "ignition" ? "json" : "text";
}
