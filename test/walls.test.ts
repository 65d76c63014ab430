import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot, runCommand } from "./support/run-command.ts";
import { temporaryDirectory } from "./support/temporary-directory.ts";

describe("the walls between the rooms", () => {
  const root = temporaryDirectory("walls");

  async function lint(file: string, from: string): Promise<string> {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import * as other from ${JSON.stringify(from)};\nconsole.log(other);\n`);
    copyFileSync(join(projectRoot, ".oxlintrc.json"), join(root, ".oxlintrc.json"));
    const oxlint = join(projectRoot, "node_modules", "oxlint", "bin", "oxlint");
    const { stdout } = await runCommand(process.execPath, [oxlint, "-c", ".oxlintrc.json", file], { cwd: root });
    return stdout;
  }

  it.each([
    ["src/main/dicom/a.ts", "../deidentify/policy-digest.ts", "dicom/ knows no policy"],
    ["src/main/package/a.ts", "../dicom/part10.ts", "package/ imports no other room"],
    ["src/main/sources/folder/a.ts", "../../deidentify/policy-digest.ts", "sources/ know no policy"],
    ["src/contract/a.ts", "../main/app.ts", "contract/ knows nothing of main"],
    ["src/contract/b.ts", "node:fs", "contract/ runs in a page too"],
    ["src/main/jobs/a.ts", "../shells/cli/format.ts", "no room imports a shell"],
    ["src/main/calls/a.ts", "../shells/cli/format.ts", "nor do the handlers"],
    ["src/renderer/a.ts", "../main/app.ts", "the page speaks through the contract"],
    ["src/renderer/b.ts", "node:fs", "the page has no Node.js"],
    ["src/renderer/c.ts", "electron", "nor Electron"],
    ["src/main/pictures/a.ts", "electron", "no room knows a shell's platform"],
    ["src/main/shells/loopback/a.ts", "electron", "electron stays in its shell"],
    ["src/main/render/a.ts", "electron", "electron stays in its shell"],
  ])("%s may not import %s: %s", async (file, from) => {
    expect(await lint(file, from)).toContain("no-restricted-imports");
  });

  it("let through what is allowed", async () => {
    expect(await lint("src/main/dicom/c.ts", "../../contract/errors.ts")).not.toContain("no-restricted-imports");
  });
});
