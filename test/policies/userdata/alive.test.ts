import { aliveIn } from "../../../policies/userdata/alive";
import { readShell } from "../../../policies/userdata/shell";

/** The names of programs that run, of those that are called `run` and a letter. */
function ran(text: string, isFile = false): string[] {
  return aliveIn(readShell(text) ?? [], isFile)
    .flatMap((step) => (step.kind === "pipeline" ? step.calls : []))
    .map(({ words }) => words.join(" "))
    .filter((words) => /^run-[a-z]$/.test(words));
}

test.each<[string, string[]]>([
  ["if false; then run-a; else run-b; fi", ["run-b"]],
  ["if true; then run-a; else run-b; fi", ["run-a"]],
  ["if ! false; then run-a; else run-b; fi", ["run-a"]],
  ["if x; then run-a; else run-b; fi", ["run-a", "run-b"]],
  ["if false; then run-a; elif x; then run-b; else run-c; fi", ["run-b", "run-c"]],
  ["if false; then if x; then run-a; fi; fi; run-b", ["run-b"]],
  ["if x && false; then run-a; else run-b; fi", ["run-b"]],
  ["if x || true; then run-a; else run-b; fi", ["run-a"]],
  ["if false || { run-a; }; then run-b; fi", ["run-a", "run-b"]],
  ["if x; false; then run-a; fi", []],
  ["false && run-a; run-b", ["run-b"]],
  ["true || run-a; run-b", ["run-b"]],
  ["false || run-a", ["run-a"]],
  ["true && run-a && run-b", ["run-a", "run-b"]],
  ["true || run-a && run-b", ["run-b"]],
  ["false || { run-a; run-b; } && run-c", ["run-a", "run-b", "run-c"]],
  ["false && { run-a; run-b; } ; run-c", ["run-c"]],
  ["{ x; } && run-a", ["run-a"]],
  ["[ 1 = 0 ] && run-a", []],
  ["[[ 1 -eq 1 ]] || run-a", []],
  ["test a != a && run-a", []],
  ["A=no; if [ $A = yes ]; then run-a; else run-b; fi", ["run-b"]],
  ["A=no; if x; then A=yes; fi; if [ $A = no ]; then run-a; else run-b; fi", ["run-a", "run-b"]],
  ["if [ ${A:-no} = yes ]; then run-a; else run-b; fi", ["run-a", "run-b"]],
  ['if [ "$1" = yes ]; then run-a; else run-b; fi', ["run-a", "run-b"]],
  ['if [ "$(cat f)" = yes ]; then run-a; fi', ["run-a"]],
  ["if [[ a == *b* ]]; then run-a; fi", ["run-a"]],
  ["f() { [ $1 = 4 ] && run-a; }; f 4", ["run-a"]],
  ["f() { [ $1 = 4 ] && run-a; }; f 6", []],
  ["f() { run-a; }; run-b", ["run-b"]],
  ["f() { run-a; }; trap f EXIT", ["run-a"]],
  ["f() { run-a; }; g() { f; }; run-b", ["run-b"]],
  ["f() { run-a; f; }; run-b", ["run-b"]],
  ["f() { run-a; }; bash -c 'x; f'", ["run-a"]],
  ["run-a; exit 0; run-b", ["run-a"]],
  ["x || exit 1; run-b", ["run-b"]],
  ["if x; then exit 1; fi; run-b", ["run-b"]],
  ["f() { exit 1; }; x || f; run-b", ["run-b"]],
  ["while false; do x; done; run-b", ["run-b"]],
])("%s", (text, expected) => {
  expect(ran(text)).toEqual(expected);
});

test("another script may call the functions of a file", () => {
  expect(ran("f() { run-a; }", true)).toEqual(["run-a"]);
  expect(ran("f() { run-a; }", false)).toEqual([]);
});
