import type { ErrorCode } from "../../../contract/errors.ts";

interface ErrorWords {
  /** What happened, in a few words. */
  title: string;
  meaning: string;
  toDo: string;
}

const codes: Record<ErrorCode, ErrorWords> = {
  USAGE: {
    title: "This cannot be done as asked",
    meaning:
      "Something in the request is missing or does not fit together: an option, a name, a selection that is empty.",
    toDo: "Read the sentence, correct what it names and try again. Nothing was changed.",
  },
  NOT_FOUND: {
    title: "It is not there",
    meaning: "A file, folder, patient, study, job or source with that name does not exist, or not any more.",
    toDo: "Check the name. If a drive was unplugged, plug it in again. If the source changed, sync it.",
  },
  ALREADY_EXISTS: {
    title: "It is there already",
    meaning: "Satchel never overwrites. Something with this name is in the place where the new thing should go.",
    toDo: "Choose another name or another folder, or move the old one away first.",
  },
  IN_USE: {
    title: "Another Satchel is using it",
    meaning: "The workspace or the package is held by another Satchel window or command that is still running.",
    toDo: "Use the other window, or close it and try again.",
  },
  LOCKED: {
    title: "The workspace is locked",
    meaning: "Nothing can be read before the workspace is opened with its passphrase.",
    toDo: "Give the passphrase.",
  },
  SIGN_IN_NEEDED: {
    title: "Sign in first",
    meaning: "The workspace has accounts. Nobody is signed in, or the name and the password do not belong together.",
    toDo: "Sign in with your name and password. After several wrong ones, wait for the time that is shown.",
  },
  NOT_ALLOWED: {
    title: "Your account may not do this",
    meaning: "What was asked for needs another role, or belongs to another organisation or another person.",
    toDo: "Ask an administrator of this workspace. The attempt stands in the audit log.",
  },
  WRONG_KEY: {
    title: "Wrong passphrase or key",
    meaning: "The passphrase or key file does not open the workspace, the project key or the crosswalk.",
    toDo: "Type the passphrase again; mind Caps Lock and the keyboard layout. A lost passphrase cannot be recovered.",
  },
  KEY_NEEDED: {
    title: "A project key is needed",
    meaning: "Pseudonyms are made from a project key, and none was chosen.",
    toDo: "Choose or make a project key under Settings.",
  },
  UNSUPPORTED_RUNTIME: {
    title: "This Node.js is too old",
    meaning: "Satchel was started by a version of Node.js that it cannot run on.",
    toDo: "Start Satchel by its own launcher, which brings the right version.",
  },
  SOURCE_UNREACHABLE: {
    title: "The source does not answer",
    meaning: "The server is switched off, the address is wrong, a firewall is between, or the drive is not connected.",
    toDo: "Check the address and the network, then test the source. A paused job goes on when the source is back.",
  },
  SOURCE_REFUSED: {
    title: "The source refused",
    meaning: "The server answered, but does not let this user in or does not permit what was asked.",
    toDo: "Correct the user and password of the source, or ask who runs the server for the permission to read.",
  },
  SOURCE_ANSWER: {
    title: "The source answered something unexpected",
    meaning:
      "What came back is not what this kind of server promises: another program answers there, or a proxy is between.",
    toDo: "Check that the address leads to the server itself, then test the source.",
  },
  CHECKSUM: {
    title: "Bytes have changed on the way",
    meaning: "What was read does not agree with the checksum it came with. The file is damaged or was changed.",
    toDo: "Read it again from the source. If that fails too, the original is damaged: restore it from a backup.",
  },
  READ_FAILED: {
    title: "A file could not be read",
    meaning: "The file is protected, its drive has a fault, or it was taken away while it was read.",
    toDo: "Check the permission and the drive, then try again.",
  },
  WRITE_FAILED: {
    title: "A file could not be written",
    meaning: "The destination is read-only, protected, unplugged, or has a fault.",
    toDo: "Check the destination or choose another folder. No half-written file bears a final name.",
  },
  DISK_FULL: {
    title: "The disk is full",
    meaning: "The destination has less free space than is needed. The job has paused and keeps what was written.",
    toDo: "Free some space and resume the job, or cancel it and export to another drive.",
  },
  NOT_DICOM: {
    title: "This is not a DICOM file",
    meaning: "The bytes do not have the form of a DICOM file (PS3.10).",
    toDo: "Nothing, if other files lie among the images: they are left out. Otherwise check where the file comes from.",
  },
  BAD_DICOM: {
    title: "A DICOM file is broken",
    meaning: "The file breaks its own structure: it was cut off or written wrongly. It cannot be de-identified safely.",
    toDo: "Fetch the file anew from the system it comes from. The package lists it as missing.",
  },
  UNSUPPORTED_DICOM: {
    title: "A DICOM feature that cannot be handled safely",
    meaning: "The file uses something that Satchel does not know well enough to promise that nothing leaks.",
    toDo: "Export it by itself with identity, if that is permitted. The package lists it as missing.",
  },
  TOO_LARGE: {
    title: "Too large",
    meaning: "Something exceeds a limit that keeps the memory of this computer from running out.",
    toDo: "Split the selection, or leave this object out.",
  },
  HELD_BACK: {
    title: "Held back",
    meaning:
      "The object may show identity in a way that the policy cannot clean: text in the picture, a scanned page, a report.",
    toDo: "Look at it under Review. It can be let pass with a written reason.",
  },
  LEAK: {
    title: "An identifying value was found in the result",
    meaning:
      "The sweep found a value of the original in what was to leave. The object was stopped and is not in the package.",
    toDo: "Leave the object out, or report the attribute that the message names to whoever maintains the policy.",
  },
  CANNOT_RENDER: {
    title: "The picture cannot be shown",
    meaning: "The pixel data is compressed in an unknown way, damaged, or not a picture. The file itself may be sound.",
    toDo: "Export it without a preview, and open it in a DICOM viewer.",
  },
  PACKAGE_DAMAGED: {
    title: "The package is damaged",
    meaning: "The package does not agree with its own manifest: bytes have changed or files are missing.",
    toDo: "Do not use it. Copy it again from where it was made and verify that, or export it again.",
  },
  AUDIT_BROKEN: {
    title: "The audit log does not agree with itself",
    meaning: "A record was changed, removed or added outside Satchel, or the disk has a fault.",
    toDo: "Keep the workspace as it is, and compare it with a backup. Tell whoever is responsible for data protection.",
  },
  CANCELLED: {
    title: "Cancelled",
    meaning: "Somebody stopped it. Nothing half-made bears a final name.",
    toDo: "Start it again when you are ready.",
  },
  CONNECTION_LOST: {
    title: "The connection is lost",
    meaning: "This window no longer reaches the Satchel behind it, on this same computer.",
    toDo: "Wait: the window connects again by itself. If it does not, start Satchel again; jobs go on where they stopped.",
  },
  WORKER_DIED: {
    title: "A part of Satchel stopped",
    meaning: "One of the threads that do the work ended unexpectedly, perhaps for want of memory. It was replaced.",
    toDo: "Try again. If it happens with the same object each time, leave that object out.",
  },
  INTERNAL: {
    title: "An unexpected error",
    meaning: "A defect in Satchel. The details are in the log of the workspace, without patient data.",
    toDo: "Try again. If it happens again, report what you did and the code, with the log of the workspace.",
  },
};

/** What each code of contract/errors.ts means for people. */
export const errors = { codes };
