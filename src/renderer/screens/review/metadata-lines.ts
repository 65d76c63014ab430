/** A JSON document in lines, indented; one that is cut, or is none, as it is. */
export function metadataLines(metadata: string): string[] {
  try {
    return JSON.stringify(JSON.parse(metadata), null, 2).split("\n");
  } catch {
    return metadata.split("\n");
  }
}
