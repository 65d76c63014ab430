import type { Catalog } from "../catalog/database.ts";
import { keepSourceSecret } from "../catalog/source-secret.ts";
import { sourceSecret } from "../catalog/sources.ts";
import type { KeptSecret } from "../sources/fhir-auth/auth-server.ts";

/** Who renews the sign-in of a source just now, for the next to wait for. */
const renewals = new WeakMap<Catalog, Map<number, Promise<unknown>>>();

/** The secret of a source for authentication that changes it. Only for the process that writes. */
export function keptSecret(catalog: Catalog, source: number): KeptSecret {
  const ofCatalog = renewals.get(catalog) ?? new Map<number, Promise<unknown>>();
  renewals.set(catalog, ofCatalog);
  return {
    read: () => sourceSecret(catalog, source),
    write: (secret) => keepSourceSecret(catalog, source, secret),
    async exclusively(work) {
      const before = ofCatalog.get(source) ?? Promise.resolve();
      const mine = before.then(work);
      ofCatalog.set(
        source,
        mine.catch(() => undefined),
      );
      return await mine;
    },
  };
}
