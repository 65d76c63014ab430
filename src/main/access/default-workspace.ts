import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where this platform keeps the data of its users' programs. */
export function defaultWorkspace(): string {
  const home = homedir();
  switch (process.platform) {
    case "win32":
      return join(process.env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Satchel");
    case "darwin":
      return join(home, "Library", "Application Support", "Satchel");
    default: {
      // Empty or relative counts as not set, by the XDG Base Directory Specification.
      const data = process.env.XDG_DATA_HOME ?? "";
      return join(isAbsolute(data) ? data : join(home, ".local", "share"), "satchel");
    }
  }
}
