/** Calls that only prove that version 1 is refused, or that a user is locked out: nothing reads what they get. */
import { programOf, withoutWrappers, type Call, type Pipeline, type Step } from "../steps";
import type { Consequences, Flow } from "./flow";
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
  const { index, step, fetch } = suspect;
  const rest = step.calls.slice(index + 1);
  if (rest.some((each) => looksFor(each, REFUSAL))) return true;
  const holder = flow.holder(step);
  if (fetch.event && fetch.status) return false;
  const reading = readingOf(suspect, flow, holder) ?? readLater(suspect, flow, holder);
  if (reading === undefined) return fetch.status && isUnread(suspect);
  return provesBy(reading, suspect, consequencesOf(reading.step, flow, around));
}

/** Whether what hangs on the outcome shows that the call should fail. */
function provesBy(reading: Reading, suspect: Suspect, outer: Consequences): boolean {
  const { fetch } = suspect;
  const [works, fails] = reading.works ? [outer.success, outer.failure] : [outer.failure, outer.success];
  if (works.stops) return true;
  if (reading.refusal) return !fails.stops;
  // The script goes on only where version 1 answers.
  if (outer.loops || works.leaves || (fails.stops && !fetch.heedless)) return false;
  if (ALARM.test(works.says) || REFUSED.test(fails.says)) return true;
  return outer.decides ? suspect.asOther && !fetch.status : provesAlone(reading, suspect);
}

/** A call on whose outcome nothing hangs: `! curl …`, a status that is only shown, a user who should not get there. */
function provesAlone(reading: Reading, suspect: Suspect): boolean {
  const { call, step, fetch, asOther } = suspect;
  if (fetch.status || (reading.step === step && step.context.negated)) return true;
  return asOther && (isDiscarded(call, fetch.body) || isNobody(suspect));
}

/** What hangs on a step, or on the function or the script that it ends. */
function consequencesOf(step: Step, flow: Flow, around: Around | undefined): Consequences {
  const own = flow.consequences(step);
  if (own.decides) return own;
  const caller = flow.caller(step);
  if (caller) return flow.consequences(caller);
  return around && isLast(step, flow) ? around.flow.consequences(around.step) : own;
}

const REFUSAL = /\b40[13]\b|unauthorized|forbidden/i;

/** What is said where version 1 answers. */
const ALARM =
  /imds\s?v1|\bv1\b|version 1|without (?:a )?token|\b(?:fail(?:ed|ure)?|bad|insecure|exposed|leak\w*|vulnerable|non-?compliant|violation|still|not (?:blocked|locked|enforced|required|restricted)|unprotected|can reach|must not|should not)\b/i;
/** What is said where it does not. */
const REFUSED =
  /\b(?:refus\w+|block\w*|denied|reject\w*|locked|lockdown|enforc\w+|imds\s?v1|v1|compliant|pass(?:ed)?|imdsv2 (?:only|required))\b/i;

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
  const filtered = rest.every(
    (each) =>
      looksFor(each, /./) || /^(?:head|tail|tr|cut|awk|sed|grep|egrep)$/.test(programOf(withoutWrappers(each.words))),
  );
  const kept = last.files.some((file) => file !== "/dev/null") && !fetch.status;
  return fetch.body !== "file" && !kept && (rest.length === 0 || filtered);
}

function isDiscarded({ files }: Call, body: Suspect["fetch"]["body"]): boolean {
  return body === "nothing" || files.includes("/dev/null");
}

function isNobody({ call }: Suspect): boolean {
  return call.words.includes("nobody") && call.files.every((file) => file === "/dev/null");
}

/** A test, or a search, for what an answer without a token says. */
function refusalIn(step: Pipeline): Reading | undefined {
  const search = step.calls.find((call) => looksFor(call, REFUSAL));
  if (search) return { step, works: search.words.some((word) => /^-\w*v/.test(word)), refusal: true };
  const test = step.calls.find(({ words }) => TEST.test(words[0] ?? "") && words.some((word) => REFUSAL.test(word)));
  return test && { step, works: isNegative(test), refusal: true };
}

function isNegative({ words }: Call): boolean {
  return /!=|-ne\b|-z\b|\s!\s/.test(words.join(" "));
}

/** `grep -q`, for something that a pattern knows. */
function looksFor({ words }: Call, pattern: RegExp): boolean {
  const inner = withoutWrappers(words);
  return (
    /^e?grep$/.test(programOf(inner)) &&
    inner.slice(1).some((word) => pattern.test(word)) &&
    (pattern.source !== "." || inner.some((word) => /^-\w*q|^--quiet/.test(word)))
  );
}

const TEST = /^(?:\[\[?|test)$/;

/** A test of what the call printed: of its status, or of whether there is anything. */
function testIn(step: Pipeline, status: boolean): Reading | undefined {
  const call = step.calls.find(({ words }) => TEST.test(words[0] ?? ""));
  if (!call) return undefined;
  const words = call.words.join(" ");
  if (REFUSAL.test(words)) return refusalIn(step);
  const told = status ? /\b(?:200|000)\b/.test(words) : /-[nz]\b/.test(words);
  return told ? { step, works: !isNegative(call), refusal: false } : undefined;
}

/** `[ $? -eq 0 ]` behind the call. */
function testOfStatus(step: Pipeline): Reading | undefined {
  const call = step.calls.find(
    ({ words }) => TEST.test(words[0] ?? "") && words.some((word) => /^\$(?:\?|status)$|^\$\{status\}$/.test(word)),
  );
  if (!call) return undefined;
  return { step, works: !/!=|-ne\b|-gt\b/.test(call.words.join(" ")), refusal: false };
}

/** How what was kept in a variable, or the status of it, is read in the next steps. */
function readLater({ step, fetch }: Suspect, flow: Flow, holder: Step | undefined): Reading | undefined {
  if (holder?.kind !== "assignment") return undefined;
  for (const each of flow.next(holder, fetch.status ? 8 : 4)) {
    if (each.kind !== "pipeline" || each === step) continue;
    const open = each.calls.some(({ words }) => words.some((word) => word.includes("$")));
    const reading = open ? (refusalIn(each) ?? (fetch.status ? testIn(each, true) : undefined)) : undefined;
    if (reading) return reading;
  }
  return undefined;
}

function isLast(step: Step, flow: Flow): boolean {
  return flow.next(step, 1).length === 0;
}
