import { SatchelError } from "../../contract/errors.ts";
import { packageAt } from "../catalog/packages.ts";
import { readLicences } from "../licences.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function shellHandlers(context: CallContext): HandlersOf<"shell"> {
  const { ports } = context;
  const ok = { ok: true } as const;
  return {
    "shell.describe": () => ({
      shell: ports.shell,
      version: SOFTWARE_VERSION,
      platform: process.platform,
      user: ports.user,
      workspace: ports.paths.workspace,
      capabilities: {
        dialogs: ports.chooseFolder !== undefined && ports.chooseFile !== undefined,
        dragOut: ports.dragOut !== undefined,
        reveal: ports.reveal !== undefined,
      },
      software: [
        { name: "Node.js", version: process.versions.node },
        { name: "OpenSSL", version: process.versions.openssl },
        { name: "zlib", version: process.versions.zlib },
        ...Object.entries(ports.software ?? {}).map(([name, version]) => ({ name, version })),
      ],
    }),
    "shell.licences": () => readLicences(),
    "shell.chooseFolder": async ({ title, path }) => {
      if (ports.chooseFolder === undefined) throw lacking("a dialog for folders");
      return { path: (await ports.chooseFolder({ title, path })) ?? null };
    },
    "shell.chooseFile": async ({ title, purpose, name, extensions }) => {
      if (ports.chooseFile === undefined) throw lacking("a dialog for files");
      return { path: (await ports.chooseFile({ title, purpose, name, extensions })) ?? null };
    },
    "shell.reveal": async ({ path }) => {
      assertMade(context, path);
      if (ports.reveal === undefined) throw lacking("a file manager");
      await ports.reveal(path);
      return ok;
    },
    "shell.dragOut": ({ path }) => {
      assertMade(context, path);
      if (ports.dragOut === undefined) throw lacking("a way to drag files out");
      ports.dragOut(path);
      return ok;
    },
  };
}

/** A page can have nothing opened or dragged but what Satchel made: packages and their copies. @throws NOT_FOUND, LOCKED */
function assertMade(context: CallContext, path: string): void {
  if (packageAt(context.workspace.catalog, path) !== undefined) return;
  throw new SatchelError("NOT_FOUND", "No package of that path is on the list.", "Look at the list of packages again.");
}

function lacking(what: string): SatchelError {
  return new SatchelError(
    "USAGE",
    `This window has no ${what.replace(/^an? /, "")}.`,
    "Type the path, or browse in the page.",
  );
}
