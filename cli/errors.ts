/** A reason why a program could not be judged at all. The message says what to do next. */
export class CheckError extends Error {
  override readonly name = "CheckError";
}
