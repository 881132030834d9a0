/** Why a place in a program is not edited; the message completes "left: …". */
export class Left extends Error {
  override readonly name = "Left";
}
