import { EXAM_COLUMNS } from "../../src/contract/records.ts";
import type { Row, TableColumn } from "../../src/main/exports/table/table.ts";

/** The study list's 18 columns, with types but without words: only what the writing depends on. */
export const EXAM_TABLE: TableColumn[] = EXAM_COLUMNS.map((name) => ({
  name,
  type: name.endsWith("_datetime")
    ? "datetime"
    : name === "patient_birth_date"
      ? "date"
      : name === "patient_age"
        ? "integer"
        : "string",
  title: name,
  description: "",
  required: false,
  treatment: "kept",
}));

const ITEMS = [
  "Tomografia de crânio",
  "Radiografia de tórax",
  "Ressonância magnética do joelho",
  "Ultrassonografia abdominal",
];
const ROOMS = ["Sala 1", "Sala 2", "Emergência", "Leito"];
const PEOPLE = ["Souza Araújo", "da Conceição", "Oliveira & Filhos", "Ñandú <Silva>"];

const two = (value: number): string => String(value).padStart(2, "0");

/** The same row for the same number, on every machine. */
function examRow(number: number): Row {
  const moment = (hours: number): string =>
    `20${two(10 + (number % 15))}-${two(1 + (number % 12))}-${two(1 + (number % 28))}T${two((number + hours) % 24)}:${two(number % 60)}:00-03:00`;
  const item = ITEMS[number % ITEMS.length]!;
  return [
    `EX${String(number).padStart(9, "0")}`,
    String(100_000 + (number % 40_000)).padStart(8, "0"),
    `AO-${number * 7}`,
    `Maria ${PEOPLE[number % PEOPLE.length]} ${number % 40_000}`,
    number % 2 === 0 ? "F" : "M",
    `19${two(number % 100)}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`,
    number % 100,
    number % 5 === 0 ? "completed" : "pending",
    number % 3 === 0 ? "PACS" : "RIS",
    item,
    `${item} com contraste, solicitada pela equipe de plantão`,
    ROOMS[number % ROOMS.length]!,
    `CT-${number % 8}`,
    "CT",
    moment(0),
    number % 10 === 0 ? null : moment(1),
    number % 4 === 0 ? null : moment(5),
    number % 4 === 0 ? null : `Dr. ${PEOPLE[(number + 1) % PEOPLE.length]}`,
  ];
}

export function* examRows(count: number): Generator<Row> {
  for (let number = 0; number < count; number++) yield examRow(number);
}

/** Texts of dates and times as libraries want them: a Date whose UTC is the time that the clock showed. */
export function withDates(row: Row): (string | number | Date | null)[] {
  return row.map((cell, column) => {
    const { type } = EXAM_TABLE[column]!;
    if (typeof cell !== "string" || (type !== "date" && type !== "datetime")) return cell;
    return new Date(type === "date" ? `${cell}T00:00:00Z` : `${cell.slice(0, 19)}Z`);
  });
}
