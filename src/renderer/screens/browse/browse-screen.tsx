import { Button } from "@mantine/core";
import { useMemo, type ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { ColumnsMenu } from "../../parts/virtual-table/columns-menu.tsx";
import { useTableLayout } from "../../parts/virtual-table/use-table-layout.ts";
import { goTo, useRoute } from "../../route.ts";
import { chooseExportKind, useSelection, type SelectionKind } from "../../selection.ts";
import { changeBrowse, useBrowse } from "./browse-state.ts";
import { BrowseTabs } from "./browse-tabs.tsx";
import { patientColumns, studyColumns } from "./columns.tsx";
import { EmptyList } from "./empty-list.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { PatientList, StudyList, usePatients, useStudies } from "./lists.tsx";
import { PatientPanel } from "./patient-panel.tsx";
import { RecordsScreen } from "./records/records-screen.tsx";
import { ResourcesScreen } from "./resources/resources-screen.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { StudyPanel } from "./study-panel.tsx";
import { useSelectionWords } from "./use-selection-words.ts";

/** The keyboard goes back to the list: what it stood on is gone. */
function closePanel(): void {
  changeBrowse({ opened: undefined });
  document.querySelector<HTMLElement>("[role=grid]")?.focus();
}

/** Patients, studies, records and resources: found, looked at and picked. */
export function BrowseScreen(): ReactNode {
  const { detail } = useRoute();
  if (detail === "notes" || detail === "exams") return <RecordsScreen kind={detail} />;
  if (detail === "resources") return <ResourcesScreen />;
  return <ImagesScreen kind={detail === "studies" ? "studies" : "patients"} />;
}

function ImagesScreen({ kind }: { kind: SelectionKind }): ReactNode {
  const { browse: labels } = useLabels();
  const { opened } = useBrowse();
  const selection = useSelection();
  const { count } = useSelectionWords(selection);
  const { filter } = useBrowse();
  return (
    <Page
      title={labels.title}
      scroll="own"
      chips={<FilterBar filter={filter} />}
      actions={
        <Button
          disabled={selection.scope === "none"}
          onClick={() => {
            chooseExportKind("imaging");
            goTo("exports", "new");
          }}
        >
          {labels.export(count)}
        </Button>
      }
      aside={
        opened === undefined ? undefined : opened.kind === "study" ? (
          <StudyPanel opened={opened} />
        ) : (
          <PatientPanel patient={opened.patient} />
        )
      }
      asideLabel={opened?.kind === "patient" ? labels.panel.patient : labels.panel.study}
      onAsideClose={closePanel}
    >
      <SelectionBar selection={selection} />
      <Lists kind={kind} />
    </Page>
  );
}

function Lists({ kind }: { kind: SelectionKind }): ReactNode {
  const { browse: labels } = useLabels();
  const format = useFormat();
  const { filter } = useBrowse();
  const patientTable = useTableLayout("browse-patients");
  const studyTable = useTableLayout("browse-studies");
  const patients = usePatients(filter, patientTable);
  const studies = useStudies(filter, studyTable);
  const { data: sources } = useAnswer("sources.list", {});
  const table = kind === "patients" ? patientTable : studyTable;
  const columns = useMemo(
    () => (kind === "patients" ? patientColumns(labels, format) : studyColumns(labels, format, 0)),
    [kind, labels, format],
  );
  const total = kind === "patients" ? patients.total : studies.total;
  const isEmpty = total === 0 && !(kind === "patients" ? patients.isOld : studies.isOld);
  return (
    <BrowseTabs
      value={kind}
      patients={patients.total}
      studies={studies.total}
      end={<ColumnsMenu columns={columns} layout={table.layout} onLayout={table.setLayout} onReset={table.reset} />}
    >
      {isEmpty ? (
        <EmptyList filter={filter} sources={sources} />
      ) : kind === "patients" ? (
        <PatientList filter={filter} table={patientTable} windows={patients} />
      ) : (
        <StudyList filter={filter} table={studyTable} windows={studies} />
      )}
    </BrowseTabs>
  );
}
