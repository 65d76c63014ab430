interface Part {
  name: string;
  version: string;
  licence: string;
  text: string;
}

/** Texts that several parts share, word for word, stand once. Satchel's own licence is in every Debian system. */
export function debianCopyright(parts: readonly Part[]): string {
  const shared = new Map<string, Part[]>();
  for (const part of parts) shared.set(part.text, [...(shared.get(part.text) ?? []), part]);
  const sections = [...shared].map(([text, of]) => {
    const names = of.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join("\n");
    return `${"-".repeat(78)}\n${names}\n\n${text}\n`;
  });
  return [
    "Satchel is licensed under the Apache License, Version 2.0; on Debian systems its text is",
    "in /usr/share/common-licenses/Apache-2.0.",
    "",
    "It is made with the following parts, under their own licences.",
    "",
    ...sections,
  ].join("\n");
}
