import type { Catalog } from "./database.ts";
import { getSource } from "./sources.ts";

/**
 * Keeps what authentication made of the secret of a source: a key, a sign-in, a renewed one. Nothing of the source's records depends on it.
 *
 * @throws SatchelError NOT_FOUND
 */
export function keepSourceSecret(catalog: Catalog, id: number, secret: string): void {
  catalog.write(() => {
    getSource(catalog, id);
    catalog.run("UPDATE source SET secret = ? WHERE id = ?", secret, id);
  });
}
