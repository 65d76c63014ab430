/** What an error advises is read in a window as well as on a command line: it names the action, not a command. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../support/run-command.ts";

/** Those of the shells are read where they run. */
const FILES = globSync("src/main/**/*.ts", { cwd: projectRoot, exclude: ["src/main/shells/**"] });
const COMMAND = /satchel (?:audit|demo|export|files|find|jobs|keys?|open|package|sources?|verify)\b|(?<=[\s"`])--[a-z]/;

function adviceIn(text: string): string[] {
  const code = text.replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, "");
  return [...code.matchAll(/"[^"\n]*"|`[^`\n]*`/g)]
    .map(([literal]) => literal)
    .filter((literal) => /^.[A-Z].*\..$/.test(literal));
}

it("no advice of the engine speaks of a command or of its options", () => {
  const advice = FILES.flatMap((file) => adviceIn(readFileSync(join(projectRoot, file), "utf8")));
  expect(advice.length).toBeGreaterThan(200);
  expect(advice.filter((sentence) => COMMAND.test(sentence))).toEqual([]);
});
