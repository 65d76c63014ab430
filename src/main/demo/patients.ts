import type { CharacterSet } from "./character-set.ts";
import { NORTH_PATIENTS } from "./patients-north.ts";
import { SOUTH_PATIENTS } from "./patients-south.ts";

/**
 * The people of the demo hospital. None exists: the names are the ones that forms of each country use for "any person"
 * (Jane Doe, Erika Mustermann, 山田太郎, 홍길동, Иванов Иван, Fulano, 张三), and no identifier follows a real scheme.
 */
export interface DemoPatient {
  /** Stands for the patient in labels, file names and UIDs; never part of a data set. */
  key: string;
  id: string;
  issuer: string;
  name: string;
  /** The name in capitals without accents, for text burned into pictures. */
  plainName: string;
  otherIds: readonly { id: string; issuer: string; type: "TEXT" | "RFID" | "BARCODE" }[];
  birthDate: string;
  birthTime?: string;
  sex: "F" | "M" | "O";
  weight: number;
  height: number;
  characterSet: CharacterSet;
  comments: string;
  address: string;
  telephone: string;
  birthName?: string;
  motherBirthName?: string;
  ethnicGroup?: string;
  occupation?: string;
  history?: string;
  referring: string;
  performing: string;
  reading: string;
  operators: string;
}

/** Joe Bloggs (north) and Kari Nordmann (south) share one Patient ID and are told apart by its issuer alone. */
export const DEMO_PATIENTS: readonly DemoPatient[] = [...NORTH_PATIENTS, ...SOUTH_PATIENTS];
