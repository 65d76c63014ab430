/** Words that the standard writes small within a name: "Number of Frames". */
const SMALL = /(?<=\S )(?:And|By|For|From|In|Of|Or|The|To|With)\b/g;

/**
 * A keyword of PS3.6 as words, close to the name that the standard gives: "NumberOfFrames" as "Number of Frames". What a keyword leaves out
 * (the "'s" of "Patient's Name") the dictionary has to bring.
 */
export function nameOfKeyword(keyword: string): string {
  return keyword
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/\b(U?I) Ds\b/g, "$1Ds")
    .replace(/\bDate Time\b/g, "DateTime")
    .replace(/\bX Ray\b/g, "X-Ray")
    .replace(SMALL, (word) => word.toLowerCase());
}
