/**
 * The closed list of things that can go wrong. A code is stable: scripts and screens rely on it.
 * The text beside each is what the code means, not what is shown; what is shown is the message of the error itself.
 */
export const ERROR_CODES = {
  USAGE: "the request itself is wrong (unknown option, missing argument, invalid recipe)",
  NOT_FOUND: "the thing named does not exist",
  ALREADY_EXISTS: "the thing to be made is there already; nothing is overwritten",
  IN_USE: "another Satchel process holds the workspace or the package",
  LOCKED: "the workspace is not open yet",
  SIGN_IN_NEEDED: "the workspace has accounts and nobody is signed in, or name and password do not belong together",
  NOT_ALLOWED: "the account that is signed in may not do this",
  WRONG_KEY: "the passphrase or key file does not open the workspace or key",
  KEY_NEEDED: "a project key is needed and none was given",
  UNSUPPORTED_RUNTIME: "the Node.js that runs this is too old",
  SOURCE_UNREACHABLE: "the source did not answer",
  SOURCE_REFUSED: "the source answered that it will not (401, 403)",
  SOURCE_ANSWER: "the source answered something that is not what its interface promises",
  CHECKSUM: "bytes differ from the checksum they came with",
  READ_FAILED: "a file could not be read",
  WRITE_FAILED: "a file could not be written",
  DISK_FULL: "the destination has not enough free space",
  NOT_DICOM: "the bytes are not a DICOM Part 10 file or data set",
  BAD_DICOM: "the DICOM data set breaks its own structure",
  UNSUPPORTED_DICOM: "a DICOM feature that cannot be handled safely",
  TOO_LARGE: "something exceeds a limit that keeps memory bounded",
  HELD_BACK: "the instance may show identity in a way the policy cannot clean",
  LEAK: "an identifying value of the source was found in an output",
  CANNOT_RENDER: "the pixel data cannot be shown as a picture",
  PACKAGE_DAMAGED: "a package does not agree with itself",
  AUDIT_BROKEN: "the audit chain does not agree with itself",
  CANCELLED: "the user cancelled",
  CONNECTION_LOST: "the other side of the wire has gone",
  WORKER_DIED: "a worker thread ended unexpectedly",
  INTERNAL: "a defect in Satchel; details are in the local log",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** What travels over a wire or into a log in place of a SatchelError. Holds no patient data, token or path outside the destination. */
export interface ErrorRecord {
  code: ErrorCode;
  message: string;
  next?: string;
}

/**
 * The only error a person ever sees.
 *
 * @param message one sentence that names the thing and the cause. Never patient data, tokens or local paths outside the destination.
 * @param next the next step, as an imperative sentence.
 */
export class SatchelError extends Error {
  override readonly name = "SatchelError";
  readonly code: ErrorCode;
  readonly next: string | undefined;

  constructor(code: ErrorCode, message: string, next?: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.next = next;
  }

  toRecord(): ErrorRecord {
    return this.next === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, next: this.next };
  }
}

/** Turns anything thrown into a record. What is not a SatchelError becomes INTERNAL, without its text: it may hold patient data. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof SatchelError) return thrown.toRecord();
  return {
    code: "INTERNAL",
    message: "Satchel met an unexpected error.",
    next: "Look into the log of the workspace and report the code shown there.",
  };
}

/** Rebuilds the error on the other side of a wire. */
export function fromErrorRecord(record: ErrorRecord): SatchelError {
  return new SatchelError(record.code, record.message, record.next);
}
