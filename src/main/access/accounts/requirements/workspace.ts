import { SatchelError } from "../../../../contract/errors.ts";
import type { Settings } from "../../../../contract/calls/settings.ts";
import { jobsOfAccount, ownsJob } from "../../../catalog/account-belongings.ts";
import { packageAt } from "../../../catalog/packages.ts";
import type { RequirementsOf } from "../requirement.ts";
import { refuse, type Viewer } from "../viewer.ts";

const administrator = { who: "administrator" } as const;
const anyone = { who: "anyone" } as const;
const signedIn = { who: "signed-in" } as const;

/** Where others put their packages is not told. */
const withoutPlaces = (settings: Settings): Settings => ({ ...settings, lastDestination: "" });

export const workspaceRequirements: RequirementsOf<
  "workspace" | "changes" | "shell" | "folders" | "settings" | "keys" | "audit" | "packages" | "files" | "users"
> = {
  "workspace.state": anyone,
  "workspace.open": anyone,
  "workspace.changePassphrase": administrator,
  // Which lists changed, never what is in them.
  "changes.watch": anyone,
  "shell.describe": anyone,
  "shell.licences": anyone,
  "shell.chooseFolder": signedIn,
  "shell.chooseFile": signedIn,
  "shell.reveal": { who: "signed-in", narrow: ownPackage },
  "shell.dragOut": { who: "signed-in", narrow: ownPackage },
  "folders.places": signedIn,
  "folders.list": {
    who: "signed-in",
    // A destination is chosen among folders; files are named after patients.
    narrow: (input) => ({ ...input, files: false }),
  },
  "folders.make": signedIn,
  "settings.get": {
    who: "anyone",
    show: withoutPlaces,
    toNobody: (settings) => ({ ...withoutPlaces(settings), views: {} }),
  },
  "settings.set": {
    who: "signed-in",
    narrow: ({ lastDestination: _where, ...change }) => {
      const limits = ["workers", "jobsAtOnce", "maxRows", "lockAfterMinutes"] as const;
      if (limits.some((limit) => change[limit] !== undefined))
        refuse("Limits are set by administrators.", "Ask an administrator of this workspace.");
      return change;
    },
    show: withoutPlaces,
  },
  "keys.list": signedIn,
  "keys.new": administrator,
  "keys.export": administrator,
  "keys.import": administrator,
  "keys.crosswalk": administrator,
  "keys.openCrosswalk": administrator,
  "audit.list": administrator,
  "audit.verify": administrator,
  "audit.export": administrator,
  "packages.list": {
    who: "signed-in",
    // All of them are asked for, since others' must not be counted: the window is cut after that.
    narrow: (input) => ({ ...input, limit: Number.MAX_SAFE_INTEGER, offset: 0 }),
    show: ({ rows }, viewer, { offset, limit }) => {
      const own = jobsOfAccount(viewer.catalog, viewer.account.id);
      const found = rows.filter(({ jobId }) => own.has(jobId));
      const shown = found.slice(offset, offset + limit);
      const identified = viewer.account.role !== "analyst";
      return {
        total: found.length,
        rows: identified ? shown : shown.map((one) => ({ ...one, picture: null })),
      };
    },
  },
  "packages.verify": { who: "signed-in", narrow: ownPackage },
  "packages.copy": { who: "signed-in", narrow: ownPackage },
  "packages.receipt": { who: "signed-in", narrow: ownPackage },
  "packages.forget": { who: "signed-in", narrow: ownPackage },
  // Reads files of any folder.
  "files.deidentify": administrator,
  "users.me": anyone,
  "users.signIn": anyone,
  "users.signOut": anyone,
  "users.changePassword": signedIn,
  "users.list": administrator,
  "users.add": administrator,
  "users.role": administrator,
  "users.remove": administrator,
  "users.setPassword": administrator,
  "users.assign": administrator,
  "users.organizations": administrator,
  "users.bindSource": administrator,
};

/** A path that is not on the list of this account's packages and copies is read by nobody but administrators. @throws NOT_FOUND */
function ownPackage<Input extends { path: string }>(input: Input, viewer: Viewer): Input {
  const made = packageAt(viewer.catalog, input.path);
  if (made !== undefined && ownsJob(viewer.catalog, made.job, viewer.account.id)) return input;
  throw new SatchelError("NOT_FOUND", "No package of that path is on the list.", "Look at the list of packages again.");
}
