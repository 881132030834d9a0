/** A piece of user data: one part of the MIME message that cloud-init reads. */
export interface BootPart {
  /** File name of the part: what cloud-init names it in its log. */
  readonly name: string;
  /**
   * How cloud-init takes it: a boothook runs at every boot, before the network's services and Docker; a script runs once
   * an instance, after cloud-config.
   */
  readonly kind: "boothook" | "cloud-config" | "script";
  readonly content: string;
}
