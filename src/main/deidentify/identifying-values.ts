/**
 * What a source says of the identity of someone or something and the policy takes away: decoded values as they stood, each once.
 * Holds patient data: never to be logged, written or put into an error.
 */
export interface IdentifyingValues {
  /** Values of VR PN with all their component groups: "Yamada^Tarou=山田^太郎". */
  names: string[];
  /** Patient IDs, accession numbers, order numbers, serial numbers, addresses, telephone numbers: looked for as a whole. */
  identifiers: string[];
  /** Names and addresses of institutions and departments: looked for as a whole and by their rarer words. */
  organisations: string[];
  /** DA or DT as they stood. */
  dates: string[];
  /** UIDs that were replaced. */
  uids: string[];
}

/** Puts several sources together: a package's metadata is swept for all patients in it. */
export function mergeValues(all: readonly IdentifyingValues[]): IdentifyingValues {
  const merge = (pick: (values: IdentifyingValues) => string[]): string[] => [...new Set(all.flatMap(pick))];
  return {
    names: merge(({ names }) => names),
    identifiers: merge(({ identifiers }) => identifiers),
    organisations: merge(({ organisations }) => organisations),
    dates: merge(({ dates }) => dates),
    uids: merge(({ uids }) => uids),
  };
}
