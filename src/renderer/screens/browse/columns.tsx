import { IconSparkles } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { PatientRow, StudyRow } from "../../../contract/calls/find.ts";
import type { Labels } from "../../labels/en/index.ts";
import type { Format } from "../../parts/format.ts";
import { Name } from "../../parts/name.tsx";
import { PatientId } from "../../parts/patient-id.tsx";
import { Picture } from "../../parts/picture.tsx";
import type { Column } from "../../parts/virtual-table/columns.ts";
import { sayModalities, saySex } from "./say-values.ts";
import styles from "./browse.module.css";

export function patientColumns(labels: Labels["browse"], format: Format): Column<PatientRow>[] {
  const { columns } = labels;
  return [
    {
      id: "name",
      label: columns.name,
      width: 280,
      sortable: true,
      fixed: true,
      cell: (row) => <Name value={row.name} />,
    },
    {
      id: "patientId",
      label: columns.patientId,
      width: 216,
      sortable: true,
      cell: (row) => <PatientId of={row} />,
    },
    { id: "issuer", label: columns.issuer, width: 140, hidden: true, cell: (row) => row.issuer },
    {
      id: "birthDate",
      label: columns.birthDate,
      width: 152,
      sortable: true,
      cell: (row) => format.dicomDate(row.birthDate),
    },
    { id: "sex", label: columns.sex, width: 90, sortable: true, cell: (row) => saySex(row.sex, labels) },
    {
      id: "studies",
      label: columns.studies,
      width: 90,
      align: "end",
      sortable: true,
      cell: (row) => format.count(row.studies),
    },
    {
      id: "instances",
      label: columns.instances,
      width: 110,
      align: "end",
      sortable: true,
      cell: (row) => format.count(row.instances),
    },
    {
      id: "lastStudyDate",
      label: columns.lastStudyDate,
      width: 152,
      sortable: true,
      cell: (row) => format.dicomDate(row.lastStudyDate),
    },
  ];
}

/** @param edge of the pictures, in CSS pixels */
export function studyColumns(labels: Labels["browse"], format: Format, edge: number): Column<StudyRow>[] {
  const { columns } = labels;
  return [
    {
      id: "picture",
      label: columns.picture,
      width: 72,
      cell: (row) => <Picture key={row.picture} instance={row.picture} edge={edge} alt="" patient />,
    },
    {
      id: "studyDate",
      label: columns.studyDate,
      width: 152,
      sortable: true,
      cell: (row) => format.dicomDate(row.studyDate),
    },
    {
      id: "patientName",
      label: columns.name,
      width: 230,
      sortable: true,
      fixed: true,
      cell: (row) => <Name value={row.patientName} />,
    },
    {
      id: "patientId",
      label: columns.patientId,
      width: 130,
      sortable: true,
      cell: (row) => <PatientId of={row} />,
    },
    { id: "issuer", label: columns.issuer, width: 140, hidden: true, cell: (row) => row.issuer },
    {
      id: "modality",
      label: columns.modality,
      width: 110,
      sortable: true,
      cell: (row) => <Modalities value={row.modality} />,
    },
    { id: "description", label: columns.description, width: 240, sortable: true, cell: (row) => row.description },
    {
      id: "analyses",
      label: columns.analyses,
      width: 70,
      cell: (row) => <AnalysesMark count={row.analyses} label={columns.analyses} />,
    },
    {
      id: "accessionNumber",
      label: columns.accessionNumber,
      width: 130,
      sortable: true,
      hidden: true,
      cell: (row) => row.accessionNumber,
    },
    {
      id: "series",
      label: columns.series,
      width: 80,
      align: "end",
      sortable: true,
      cell: (row) => format.count(row.series),
    },
    {
      id: "instances",
      label: columns.instances,
      width: 90,
      align: "end",
      sortable: true,
      cell: (row) => format.count(row.instances),
    },
    {
      id: "bytes",
      label: columns.bytes,
      width: 100,
      align: "end",
      sortable: true,
      cell: (row) => format.bytes(row.bytes),
    },
  ];
}

/** @param value several are parted by a backslash, as in DICOM (PS3.5 6.4) */
export function Modalities({ value }: { value: string }): ReactNode {
  return (
    <span className={styles.badges}>
      {sayModalities(value).map((modality) => (
        <span key={modality} className={styles.badge}>
          {modality}
        </span>
      ))}
    </span>
  );
}

function AnalysesMark({ count, label }: { count: number; label: string }): ReactNode {
  if (count === 0) return null;
  return (
    <span className={styles.ai}>
      <IconSparkles size={14} aria-hidden />
      {label}
    </span>
  );
}
