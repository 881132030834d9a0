/** Calls that only prove that version 1 is refused, or that a user is locked out: nothing reads what they get. */
import { programOf, withoutWrappers, type Call, type Step } from "../steps";
import type { Consequences, Flow, Outcome, Pipeline } from "./flow";
import type { Suspect } from "./shell-calls";

interface Around {
  readonly flow: Flow;
  readonly step: Pipeline;
}

/** What a test or the call itself tells: `true` where its success means that version 1 works. */
interface Reading {
  readonly step: Step;
  readonly works: boolean;
  /** It compares with a status that means a refusal. */
  readonly refusal: boolean;
}

export function isProof(suspect: Suspect, flow: Flow, around: Around | undefined): boolean {
  const { call, index, step, fetch } = suspect;
  const rest = step.calls.slice(index + 1);
  if (rest.some((each) => looksFor(each, /\b40[13]\b|unauthorized|forbidden/i))) return true;
  const holder = flow.holder(step);
  const reading = readingOf(suspect, flow, holder);
  if (reading === undefined) return fetch.status && isUnread(suspect) && !isAwaited(suspect, flow, holder);
  if (reading.refusal) return true;
  const own = flow.consequences(reading.step);
  const outer = !own.decides && around && isLast(reading.step, flow) ? around.flow.consequences(around.step) : own;
  const [works, fails] = reading.works ? [outer.success, outer.failure] : [outer.failure, outer.success];
  if (needs(works, fails, outer, fetch.heedless)) return false;
  if (works.stops || ALARM.test(works.says) || REFUSED.test(fails.says)) return true;
  if (fetch.status) return true;
  return suspect.asOther && (outer.decides || isDiscarded(call, fetch.body) || isNobody(suspect));
}

/** The script goes on only where version 1 answers. */
function needs(works: Outcome, fails: Outcome, { loops }: Consequences, heedless: boolean): boolean {
  if (works.stops) return false;
  if (loops || works.leaves) return true;
  return fails.stops && !heedless;
}

/** What is said where version 1 answers. */
const ALARM =
  /imds\s?v1|\bv1\b|version 1|without (?:a )?token|\b(?:fail(?:ed|ure)?|bad|insecure|exposed|leak\w*|vulnerable|non-?compliant|violation|still|not (?:blocked|locked|enforced|required|restricted)|unprotected|can reach|must not|should not)\b/i;
/** What is said where it does not. */
const REFUSED = /\b(?:refus\w+|block\w*|denied|reject\w*|locked|lockdown|enforc\w+|imds\s?v1|v1|compliant|pass(?:ed)?|imdsv2 (?:only|required))\b/i;

/** Where the outcome of a call is read, if nothing else of it is. */
function readingOf(suspect: Suspect, flow: Flow, holder: Step | undefined): Reading | undefined {
  const { call, step, fetch, index } = suspect;
  if (holder) return holder.kind === "pipeline" ? testIn(holder, fetch.status) : undefined;
  if (!isUnread(suspect)) return undefined;
  const rest = step.calls.slice(index + 1);
  const grep = rest.find((each) => looksFor(each, /./));
  if (grep) return { step, works: !grep.words.some((word) => /^-\w*v/.test(word)), refusal: false };
  const [next] = flow.next(step, 1);
  const asked = next?.kind === "pipeline" && !flow.consequences(step).decides ? testOfStatus(next) : undefined;
  if (asked) return asked;
  return rest.length === 0 || isDiscarded(call, fetch.body) ? { step, works: true, refusal: false } : undefined;
}

function isUnread({ call, step, index, fetch }: Suspect): boolean {
  const rest = step.calls.slice(index + 1);
  const last = step.calls.at(-1) ?? call;
  const filtered = rest.every((each) => looksFor(each, /./) || /^(?:head|tail|tr|cut|awk|sed|grep|egrep)$/.test(programOf(withoutWrappers(each.words))));
  const kept = last.files.some((file) => file !== "/dev/null") && !fetch.status;
  return fetch.body !== "file" && !kept && (rest.length === 0 || filtered);
}

function isDiscarded({ files }: Call, body: Suspect["fetch"]["body"]): boolean {
  return body === "nothing" || files.includes("/dev/null");
}

function isNobody({ call }: Suspect): boolean {
  return call.words.includes("nobody") && call.files.every((file) => file === "/dev/null");
}

/** `grep -q`, for something that a pattern knows. */
function looksFor({ words }: Call, pattern: RegExp): boolean {
  const inner = withoutWrappers(words);
  return /^e?grep$/.test(programOf(inner)) && inner.slice(1).some((word) => pattern.test(word)) && (pattern.source !== "." || inner.some((word) => /^-\w*q|^--quiet/.test(word)));
}

const TEST = /^(?:\[\[?|test)$/;

/** A test of what the call printed: of its status, or of whether there is anything. */
function testIn(step: Pipeline, status: boolean): Reading | undefined {
  const call = step.calls.find(({ words }) => TEST.test(words[0] ?? ""));
  if (!call) return undefined;
  const words = call.words.join(" ");
  if (/\b40[13]\b/.test(words)) return { step, works: false, refusal: true };
  const not = /!=|-ne\b|-z\b|\s!\s/.test(words);
  if (status ? /\b(?:200|000)\b/.test(words) : /-[nz]\b/.test(words)) return { step, works: !not, refusal: false };
  return undefined;
}

/** `[ $? -eq 0 ]` behind the call. */
function testOfStatus(step: Pipeline): Reading | undefined {
  const call = step.calls.find(({ words }) => TEST.test(words[0] ?? "") && words.some((word) => word.includes("$?")));
  if (!call) return undefined;
  return { step, works: !/!=|-ne\b|-gt\b/.test(call.words.join(" ")), refusal: false };
}

/** A status that is kept in a variable, and that a loop or the script waits for. */
function isAwaited({ step }: Suspect, flow: Flow, holder: Step | undefined): boolean {
  const from = holder ?? step;
  return flow.next(from, 8).some((each) => {
    if (each.kind !== "pipeline") return false;
    const call = each.calls.find(({ words }) => TEST.test(words[0] ?? "") && words.some((word) => word.includes("$")));
    if (!call || !call.words.includes("200")) return false;
    const not = /!=|-ne\b/.test(call.words.join(" "));
    const { success, failure, loops } = flow.consequences(each);
    const [works, fails] = not ? [failure, success] : [success, failure];
    return !works.stops && (works.leaves || fails.stops || loops);
  });
}

function isLast(step: Step, flow: Flow): boolean {
  return flow.next(step, 1).length === 0;
}
