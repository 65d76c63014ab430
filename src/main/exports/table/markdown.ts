/** Text within Markdown (CommonMark 0.31) that must not become anything else there. */

/** As it stands, in one line: nothing in it is taken for markup or HTML. */
export function plainText(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_[\]<>#|~&]|^[-+=]/g, "\\$&");
}

/** A code span (6.1): its fence is longer than any run of backticks within. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, " ");
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A fenced code block (4.5). */
export function fenced(language: string, code: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${code}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
