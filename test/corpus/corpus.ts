/**
 * Cases for the user-data rules, in tables that people can read and extend. What looks like a secret is made when the
 * tests run, so that no scanner finds one in this repository.
 */
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";

/** One user-data text, and whether the rule that the table is for reports it. */
export interface Case {
  readonly title: string;
  readonly found: boolean;
  readonly text: (made: Made) => string;
}

/** A text that the rule has to report. */
export function bad(title: string, text: (made: Made) => string): Case {
  return { title, found: true, text };
}

/** A text that the rule must not report. */
export function good(title: string, text: (made: Made) => string): Case {
  return { title, found: false, text };
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = UPPER.toLowerCase();
const DIGITS = "0123456789";
const NOUNS = ["copper", "violin", "walnut", "juniper", "falcon", "glacier", "mango", "saturn", "cricket", "lotus"];

/** Values that look real, the same in every run for the same seed. Each call gives a new one. */
export class Made {
  /** Every secret that a case has asked for, to look for in messages. */
  readonly secrets: string[] = [];
  private count = 0;

  constructor(private readonly seed: string) {}

  private bytes(length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let size = 0; size < length; size += 64)
      blocks.push(
        createHash("sha512")
          .update(`${this.seed}/${String(this.count++)}`)
          .digest(),
      );
    return Buffer.concat(blocks).subarray(0, length);
  }

  private pick(alphabet: string, length: number): string {
    return [...this.bytes(length)].map((byte) => alphabet[byte % alphabet.length] ?? "").join("");
  }

  private planted(secret: string): string {
    this.secrets.push(secret);
    return secret;
  }

  // Secrets

  /** A strong password of letters and digits. */
  password(length = 16): string {
    return this.planted(
      `${this.pick(UPPER, 1)}${this.pick(UPPER + LOWER + DIGITS, length - 3)}${this.pick(LOWER, 1)}${this.pick(DIGITS, 1)}`,
    );
  }

  /** A strong password with symbols that need no quoting in single quotes. */
  symbols(length = 16): string {
    return this.planted(
      `${this.pick(UPPER, 1)}${this.pick(`${UPPER}${LOWER}${DIGITS}!#%*+=?@_-`, length - 2)}${this.pick(DIGITS, 1)}`,
    );
  }

  /** A weak one that people choose: a word and a number. */
  weak(): string {
    const [first = 0, second = 0] = this.bytes(2);
    return this.planted(`${NOUNS[first % NOUNS.length] ?? ""}${String(1000 + second * 7)}`);
  }

  /** A default word, such as the documentation of many products gives. */
  word(): string {
    const words = ["change", "admin", "password", "welcome"].map(
      (word, index) => `${word}${["me", "", "1", "123"][index] ?? ""}`,
    );
    return words[(this.bytes(1)[0] ?? 0) % words.length] ?? "";
  }

  /** A pass phrase of words. */
  phrase(): string {
    return this.planted([...this.bytes(4)].map((byte) => NOUNS[byte % NOUNS.length] ?? "").join("-") + "-63");
  }

  hex(length = 32): string {
    return this.planted(this.bytes(length / 2).toString("hex"));
  }

  base64(bytes = 32): string {
    return this.planted(this.bytes(bytes).toString("base64"));
  }

  base64url(bytes = 32): string {
    return this.planted(this.bytes(bytes).toString("base64url"));
  }

  /** Any alphabet, for tokens with a prefix: `ghp_${made.token(36)}`. */
  token(length: number, alphabet = UPPER + LOWER + DIGITS): string {
    return this.planted(this.pick(alphabet, length));
  }

  uuidSecret(): string {
    return this.planted(this.uuid());
  }

  awsSecret(): string {
    return this.planted(this.pick(`${UPPER}${LOWER}${DIGITS}+/`, 38) + "x9");
  }

  jwt(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: "svc_app", jti: this.uuid(), exp: 1988150400 })}`;
    return this.planted(`${head}.${createHmac("sha256", this.bytes(8)).update(head).digest("base64url")}`);
  }

  /** A private key in PEM: lines of a real key. */
  privateKey(kind: "rsa" | "ec" | "ed25519" = "ec", type: "pkcs8" | "sec1" | "pkcs1" = "pkcs8"): string {
    const pair =
      kind === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : kind === "ec"
          ? generateKeyPairSync("ec", { namedCurve: "P-256" })
          : generateKeyPairSync("ed25519");
    return this.planted(pair.privateKey.export({ type, format: "pem" }).toString().trim());
  }

  // No secrets

  awsKeyId(prefix: "AKIA" | "ASIA" = "AKIA"): string {
    return prefix + this.pick(`${UPPER}234567`, 16);
  }

  /** A public key as in `authorized_keys`. */
  sshPublicKey(): string {
    return `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${this.pick(`${UPPER}${LOWER}${DIGITS}+/`, 43)} ops@example`;
  }

  /** The look of a public key of the curve P-256 (RFC 5480); its point is made up. */
  publicKey(): string {
    const head = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
    const body = Buffer.concat([head, this.bytes(64)]).toString("base64");
    return `-----BEGIN PUBLIC KEY-----\n${body.replaceAll(/.{64}/g, "$&\n")}\n-----END PUBLIC KEY-----`;
  }

  /** The look of a certificate; nothing can be done with it. */
  certificate(): string {
    const body = this.bytes(540).toString("base64").replaceAll(/.{64}/g, "$&\n");
    return `-----BEGIN CERTIFICATE-----\nMIIC${body}\n-----END CERTIFICATE-----`;
  }

  digest(algorithm: "md5" | "sha1" | "sha256" | "sha512" = "sha256"): string {
    return createHash(algorithm).update(this.bytes(16)).digest("hex");
  }

  uuid(): string {
    const hex = this.bytes(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  account(): string {
    return `7${this.pick(DIGITS, 11)}`;
  }

  host(): string {
    return `node-${String(this.bytes(1)[0] ?? 0)}.example.internal`;
  }

  ip(): string {
    return `10.${[...this.bytes(3)].join(".")}`;
  }
}

/** Encodes as base64, for texts that hold another one encoded. */
export function b64(text: string): string {
  return Buffer.from(text).toString("base64");
}
