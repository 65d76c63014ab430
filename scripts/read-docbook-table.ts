/**
 * Reads one table of the standard's DocBook: rows of cells as plain text. It knows as much XML as those tables use
 * (no CDATA, no spans over rows), and refuses a table that is not there.
 *
 * @param id the xml:id, for example "table_E.1-1".
 */
export function readDocBookTable(docBook: string, id: string): string[][] {
  const start = docBook.search(new RegExp(`<table [^>]*xml:id="${id.replaceAll(".", "\\.")}"`));
  if (start < 0) throw new Error(`the DocBook has no table ${id}`);
  const table = docBook.slice(start, docBook.indexOf("</table>", start));
  const body = table.slice(table.indexOf("<tbody>"));
  return [...body.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<td\b[^>]*?(?:\/>|>(.*?)<\/td>)/gs)].map(([, cell = ""]) => plainText(cell)),
  );
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plainText(xml: string): string {
  return xml
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[name ?? ""] ?? whole;
    })
    .replaceAll(/[\u200b\u00ad]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
