/** What a boot has brought to the machine so far: from where, under which names, and what of it was run. */
import type { Kind } from "../parts";
import type { Spot } from "../spot";
import type { Context } from "../steps";
import { openChannel, type Channel, type Handling } from "./addresses";
import { baseName, covers, folderOf, isPattern, pathOf, within } from "./paths";
import { AMONG_PROGRAMS, placeOf } from "./places";
import type { Manager, Repository } from "./repositories";

/** Something that comes over an open channel, each time that it is fetched. */
export interface Source extends Spot {
  readonly address: string;
  readonly channel: Channel;
  /** What vouches for it, each in the part of a script where it holds. */
  readonly proofs: Proof[];
}

/** Where in a script something is used; without it: at any time later. */
export interface Scope {
  /** The script. */
  readonly run: object;
  readonly context: Context | undefined;
  /** The statement, in scripts without such contexts. */
  readonly at?: number;
}

export type Proof = (scope: Scope | undefined) => boolean;

/** A text that user data writes or hands on. */
export interface Text extends Spot {
  readonly text: string;
  readonly kind?: Kind;
}

/** What a pipe, a variable or a file holds. */
export interface Flow {
  readonly sources: readonly Source[];
  /** Sources whose digest it is. */
  readonly digests: readonly Source[];
  readonly texts: readonly Text[];
}

export const NOTHING: Flow = { sources: [], digests: [], texts: [] };

export function joined(flows: readonly Flow[]): Flow {
  const full = flows.filter((flow) => flow !== NOTHING);
  if (full.length < 2) return full[0] ?? NOTHING;
  return {
    sources: [...new Set(full.flatMap(({ sources }) => sources))].slice(0, ROOM),
    digests: [...new Set(full.flatMap(({ digests }) => digests))].slice(0, ROOM),
    texts: full.flatMap(({ texts }) => texts).slice(0, ROOM),
  };
}

export function from(sources: readonly Source[]): Flow {
  return sources.length > 0 ? { ...NOTHING, sources } : NOTHING;
}

/** What one place may hold, and how much is followed in all: far more than a boot script has. */
const ROOM = 64;
const FOLLOWED = 400;

export interface Use extends Source {
  readonly use: string;
}

export class Boot {
  private readonly uses = new Map<string, Use>();
  private readonly files = new Map<string, readonly Source[]>();
  private readonly folders = new Map<string, readonly Source[]>();
  private readonly written = new Map<string, readonly Text[]>();
  private readonly placed: { readonly sources: readonly Source[]; readonly use: string }[] = [];
  private readonly scheduled = new Set<string>();
  private fetched = 0;
  /** Names that were put among programs. */
  readonly programs = new Set<string>();
  /** Tools that are told not to check certificates. */
  readonly unchecked = new Set<string>();
  /** Package managers that are told to compare digests. */
  readonly hashed = new Set<string>();
  /** Where package managers are told to look. */
  private readonly indexes = new Map<string, readonly Source[]>();
  /** Sources of keys that signatures are verified with, by who verifies. */
  private readonly keys = new Map<string, readonly Source[]>();
  /** Package managers that are told not to check signatures. */
  readonly unsigned = new Set<Manager>();
  readonly repositories: Repository[] = [];
  /** Beginnings of addresses that Git replaces. */
  readonly rewrites: (readonly [from: string, to: string])[] = [];

  /** The source at an address, where its channel is an open one. */
  source(address: string, spot: Spot, handling: Handling = {}): Source | undefined {
    const channel = openChannel(address, handling);
    if (channel === undefined || ++this.fetched > FOLLOWED * 5) return undefined;
    return {
      address,
      channel,
      path: spot.path,
      line: spot.line,
      proofs: handling.vouched === true ? [() => true] : [],
    };
  }

  get hasFetched(): boolean {
    return this.fetched > 0;
  }

  /** A file gets what flows into it, beside or instead of what it held. */
  put(path: string, flow: Flow, beside = false): void {
    if (path === "" || /^\/dev\/(?!shm\/)/.test(path)) return;
    const key = pathOf(path);
    const before = beside ? (this.files.get(key) ?? []) : [];
    const sources = [...new Set([...before, ...flow.sources])].slice(0, ROOM);
    if (sources.length === 0) this.files.delete(key);
    else if (this.files.size < FOLLOWED || this.files.has(key)) this.files.set(key, sources);
    if (flow.texts.length > 0) this.write(key, flow.texts, beside);
    else if (flow.sources.length === 0) return;
    const place = placeOf(key);
    if (place?.use === AMONG_PROGRAMS) this.programs.add(baseName(key));
    else if (place) this.place(flow.sources, place.use);
  }

  /** A folder gets files whose names the text does not tell. */
  unpack(folder: string, { sources }: Flow): void {
    if (sources.length === 0 || this.folders.size >= FOLLOWED) return;
    const key = pathOf(folder);
    const place = placeOf(`${key}/x`);
    if (place && place.use !== AMONG_PROGRAMS) this.place(sources, place.use);
    this.folders.set(key, [...new Set([...(this.folders.get(key) ?? []), ...sources])].slice(0, ROOM));
  }

  /** A text is written to a file. */
  write(path: string, texts: readonly Text[], beside = true): void {
    const key = pathOf(path);
    if (this.written.size >= FOLLOWED * 5 && !this.written.has(key)) return;
    const before = beside ? (this.written.get(key) ?? []) : [];
    this.written.set(key, [...before, ...texts].slice(-ROOM));
  }

  /** What a path leads to: a file, what lies in a folder, several files of a pattern. */
  at(path: string): Flow {
    if (this.files.size + this.folders.size + this.written.size === 0) return NOTHING;
    const key = pathOf(path);
    const texts = this.written.get(key) ?? [];
    const sources: Source[] = [...(this.files.get(key) ?? [])];
    if (isPattern(key)) {
      for (const [file, held] of this.files) if (covers(key, file)) sources.push(...held);
      for (const [folder, held] of this.folders) if (covers(key.replace(/[^*]*$/, ""), folder)) sources.push(...held);
    }
    for (const [folder, held] of this.folders) if (key === folder || within(folder, key)) sources.push(...held);
    return sources.length + texts.length > 0 ? { ...NOTHING, sources, texts } : NOTHING;
  }

  /** The same with what lies in the folder, where the path is one. */
  below(path: string): Flow {
    if (this.files.size + this.folders.size + this.written.size === 0) return NOTHING;
    const key = pathOf(path);
    const inside: Source[] = [];
    for (const [file, held] of this.files) if (within(key, file)) inside.push(...held);
    for (const [folder, held] of this.folders) if (within(key, folder)) inside.push(...held);
    return joined([this.at(path), from(inside)]);
  }

  /** Something is run. Of what nothing vouches for, each address is noted once. */
  use(sources: readonly Source[], use: string, scope: Scope | undefined): void {
    for (const source of sources) {
      const trusted = source.channel !== "a presigned URL" && source.proofs.some((proof) => proof(scope));
      if (!trusted && !this.uses.has(source.address)) this.uses.set(source.address, { ...source, use });
    }
  }

  /** Something stands where it will be run: judged when all that may vouch for it was seen. */
  place(sources: readonly Source[], use: string): void {
    if (sources.length > 0 && this.placed.length < FOLLOWED) this.placed.push({ sources, use });
  }

  /** A text that was written to a path will be run. */
  schedule(path: string): void {
    this.scheduled.add(pathOf(path));
  }

  /** Texts that run later, each with its path. */
  later(): readonly (readonly [path: string, texts: readonly Text[]])[] {
    return [...this.written].filter(
      ([path]) => this.scheduled.has(path) || this.scheduled.has(`${folderOf(path)}/*`) || placeOf(path) !== undefined,
    );
  }

  /** All texts that were written, by path. */
  get texts(): ReadonlyMap<string, readonly Text[]> {
    return this.written;
  }

  /** Whether something was unpacked to a path, or into a folder above it. */
  isFolder(path: string): boolean {
    const key = pathOf(path);
    for (const folder of this.folders.keys()) if (key === folder || within(folder, key)) return true;
    return false;
  }

  /** All that lies in files, for lists of digests whose text is not known. */
  every(): readonly Source[] {
    return [...new Set([...this.files.values()].flat())].slice(0, FOLLOWED);
  }

  index(tool: string, source: Source | undefined): void {
    if (source) this.indexes.set(tool, [...(this.indexes.get(tool) ?? []), source].slice(0, ROOM));
  }

  indexesOf(tool: string): readonly Source[] {
    return this.indexes.get(tool) ?? [];
  }

  /** A verifier trusts keys from here. */
  trust(verifier: string, sources: readonly Source[]): void {
    if (sources.length > 0) this.keys.set(verifier, [...(this.keys.get(verifier) ?? []), ...sources].slice(0, ROOM));
  }

  /** Whether a verifier got a key that anybody could have given it. */
  misled(verifier: string): boolean {
    return (this.keys.get(verifier) ?? []).some(({ proofs }) => proofs.length === 0);
  }

  /** All that was run, after what stands where it will be. */
  all(): readonly Use[] {
    for (const { sources, use } of this.placed) this.use(sources, use, undefined);
    return [...this.uses.values()];
  }
}
