/**
 * Satchel's own rules, for attributes that Table E.1-1 does not name and that nevertheless name people, places or systems. The standard
 * leaves them to the de-identifier (PS3.15 E.1.1, note 1). Same columns as the table; each block says why.
 */
export type OwnRule = readonly [tag: string, basic: string, options?: Readonly<Record<string, string>>];

const CLEAN = { descriptors: "C" } as const;
const TEMPORAL = { fullDates: "K", modifiedDates: "C" } as const;

export const OWN_RULES: readonly OwnRule[] = [
  // The birth and death dates once more, in another calendar.
  ["00100033", "X"],
  ["00100034", "X"],
  ["00100035", "X"],
  // Names that only non-destructive testing and a retired trial use.
  ["00140104", "X"],
  ["00142006", "X"],
  ["00140100", "X"],
  ["0040a067", "X"],
  // Dates of the dictionary without a row in the table.
  ["00080404", "X", TEMPORAL],
  ["00080416", "X", TEMPORAL],
  ["0008041f", "X", TEMPORAL],
  ["00140102", "X", TEMPORAL],
  ["00140103", "X", TEMPORAL],
  ["00141020", "X", TEMPORAL],
  ["00143076", "X", TEMPORAL],
  ["00143077", "X", TEMPORAL],
  ["00144076", "X", TEMPORAL],
  ["00144078", "X", TEMPORAL],
  ["0014407a", "X", TEMPORAL],
  ["40101025", "X", TEMPORAL],
  ["40101026", "X", TEMPORAL],
  ["4010102b", "X", TEMPORAL],
  ["40101041", "X", TEMPORAL],
  // Who assigned the identifiers that go: names of the institution and its systems.
  ["00100024", "X"],
  ["00080051", "X"],
  ["00400026", "X"],
  ["00400027", "X"],
  ["00400031", "X"],
  ["00400032", "X"],
  ["00400033", "X"],
  ["00400036", "X"],
  ["00400039", "X"],
  ["0040003a", "X"],
  // Retired order numbers, owners, registrations.
  ["00401006", "X"],
  ["00401007", "X"],
  ["00402006", "X"],
  ["00402007", "X"],
  ["21000160", "X"],
  ["21000010", "X"],
  ["00102295", "X"],
  ["00880130", "X"],
  ["40101007", "X"],
  ["4010101a", "X"],
  ["40101051", "X"],
  ["40101054", "X"],
  // Addresses of systems.
  ["00080407", "X"],
  ["00080408", "X"],
  ["00080409", "X"],
  ["0008040b", "X"],
  ["00081190", "X"],
  ["00181803", "X"],
  ["00287fe0", "X"],
  ["00404073", "X"],
  // Of Type 1C in encapsulated CDA documents.
  ["0040e001", "D"],
  ["0040e010", "X"],
  ["00687005", "X"],
  ["0074100a", "X"],
  ["0074100c", "X"],
  ["21100030", "X"],
  ["21100099", "X"],
  // The name of a treatment machine under its other tag; Treatment Machine Name is X/Z.
  ["30020020", "Z", { device: "K" }],
  ["00181003", "X", { device: "K" }],
  // What people type in beside the image, all of Type 2 or 3.
  ["00080402", "X", CLEAN],
  ["00080418", "X", CLEAN],
  ["0022112c", "X", CLEAN],
  ["00240044", "X", CLEAN],
  ["00287007", "X", CLEAN],
  ["0028702a", "X", CLEAN],
  ["00400400", "X", CLEAN],
  ["00401060", "X", CLEAN],
  ["00420010", "Z", CLEAN],
  ["00440003", "X", CLEAN],
  ["00660004", "X", CLEAN],
  ["00700068", "X", CLEAN],
  ["00700081", "Z", CLEAN],
  ["00700208", "X", CLEAN],
  ["01000424", "X", CLEAN],
  ["30020003", "X", CLEAN],
  ["30020004", "X", CLEAN],
  ["30040006", "X", CLEAN],
  ["300600c8", "X", CLEAN],
  ["30080066", "X", CLEAN],
  ["30080202", "X", CLEAN],
  ["300a0402", "X", CLEAN],
  ["40080103", "X"],
  // Describes private blocks that are gone, or calls them safe on the word of the sender.
  ["00080300", "X"],
  // The original data set under someone else's key, and signatures over what no longer stands (PS3.15 E.1.1, C.2).
  ["04000500", "X"],
  ["4ffe0001", "X"],
];

/**
 * Attributes that the table removes although an IOD demands them: creation of presentation states, start of the tracer in Enhanced PET.
 * There they get a dummy, since the de-identifier answers for the integrity of the object (PS3.15 E.1.1).
 */
export const MANDATORY_DESPITE_X: ReadonlySet<string> = new Set(["00700082", "00700083", "00181078"]);

/**
 * UIDs that name a kind of thing rather than a thing: SOP Classes, transfer syntaxes, coding schemes, mapping resources, private creators.
 * All other attributes of VR UI without a row in the table are replaced.
 */
export const UIDS_OF_KINDS: ReadonlySet<string> = new Set([
  "00080016",
  "0008001a",
  "0008001b",
  "00080062",
  "0008010c",
  "0008010d",
  "00080117",
  "00080118",
  "0008040e",
  "00081150",
  "0008115a",
  "00083002",
  "00089123",
  "00340003",
  "04000010",
  "04000510",
  "30100052",
  "30100053",
]);

/** Coding schemes whose meanings come from a publisher, not from the hospital (PS3.16 section 8). */
export const PUBLISHED_CODING_SCHEMES: ReadonlySet<string> = new Set([
  "ACR",
  "AS4",
  "ATC",
  "BARI",
  "BI",
  "C4",
  "C5",
  "CD2",
  "CID10N",
  "DC",
  "DCM",
  "DCMUID",
  "FMA",
  "GS1UDI",
  "HL7",
  "I10",
  "I10C",
  "I10P",
  "I9",
  "I9C",
  "IBSI",
  "ICD10",
  "ICDO3",
  "ISO3166_1",
  "ISO639_1",
  "LN",
  "MA",
  "MDC",
  "MDNS",
  "MSH",
  "NCIt",
  "NCDR",
  "NDC",
  "NEU",
  "NYUMCCG",
  "OPS",
  "PNDS",
  "POS",
  "RADELEMENT",
  "RADLEX",
  "RFC5646",
  "RXNORM",
  "SCT",
  "SDM",
  "SNM3",
  "SRT",
  "99SDM",
  "UBERON",
  "UCUM",
  "UMLS",
  "UNS",
  "UPC",
]);
