import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWorkspace } from "../../../src/main/access/workspace.ts";
import { getProjectKey } from "../../../src/main/access/project-keys.ts";
import { studiesTable } from "../../../src/main/exports/studies/studies-table.ts";
import { prepareTable } from "../../../src/main/jobs/prepare-table.ts";
import { anInstance } from "../../catalog/describe-instance.ts";
import { addSynced, syncAll } from "../../catalog/new-catalog.ts";
import { studiesTo } from "../../jobs/records-workshop.ts";
import { createWorkshop, resultOf } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const study = (uid: string, modality: string, patientId = `P-${uid}`): ReturnType<typeof anInstance> =>
  anInstance(uid, {
    patientId,
    modality,
    studyInstanceUid: `2.25.${uid}`,
    seriesInstanceUid: `2.25.${uid}1`,
    sopInstanceUid: `2.25.${uid}2`,
  });

test.each([
  {
    change: "that takes the place of one that was planned does not stand in the list",
    // Removed where it was filed wrongly; what is filed next gets its row.
    after: [[study("100", "CT")], [study("100", "CT"), study("300", "MR"), study("400", "CT")]],
    rows: ["2.25.100,CT,P-100", "2.25.400,CT,P-400"],
  },
  {
    change: "of which something was corrected is told as it is now, and so are all others",
    after: [[study("100", "CT"), study("200", "CT", "P-201")]],
    rows: ["2.25.100,CT,P-100", "2.25.200,CT,P-201"],
  },
])("a study $change: it is planned anew", async ({ change, after, rows: wanted }) => {
  const root = temporaryDirectory(`images-below-a-list-${change.length}`);
  const workshop = await createWorkshop(root);
  const recipe = studiesTo(join(root, "out"), {
    selection: { examSource: "CT" },
    columns: ["exam_id", "exam_source", "medical_record_no"],
    policy: { kind: "identified" },
  });
  const about = { startedAt: "2026-01-02T03:04:05.000Z", exportedBy: "tester" };
  const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }));
  const { catalog } = workspace;
  const source = addSynced(catalog, "PACS", [study("100", "CT"), study("200", "CT")]);
  const keyNamed = (name: string): ReturnType<typeof getProjectKey> => getProjectKey(catalog, name);
  const table = studiesTable.open(catalog, recipe, { startedAt: about.startedAt, keyNamed });
  const job = await prepareTable({ catalog }, recipe, table, about);
  for (const images of after) syncAll(catalog, source, images);
  workspace.close();
  const { app, client } = await workshop.open({ resumeJobs: true });
  try {
    expect(await resultOf(client, String(job.id))).toMatchObject({ state: "complete" });
    const rows = readFileSync(join(root, "out", "studies", "studies.csv"), "utf8")
      .trim()
      .split("\r\n")
      .slice(1);
    expect(rows.toSorted()).toEqual(wanted);
  } finally {
    await app.close();
  }
});
