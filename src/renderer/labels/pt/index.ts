import type { Labels } from "../en/index.ts";
import { audit } from "./audit.ts";
import { browse } from "./browse.ts";
import { browseRecords } from "./browse-records.ts";
import { browseResources } from "./browse-resources.ts";
import { datasets } from "./datasets.ts";
import { engine } from "./engine.ts";
import { errors } from "./errors.ts";
import { exporting } from "./exporting.ts";
import { files } from "./files.ts";
import { frame } from "./frame.ts";
import { help } from "./help.ts";
import { jobs } from "./jobs.ts";
import { packages } from "./packages.ts";
import { parts } from "./parts.ts";
import { policy } from "./policy.ts";
import { recordSources } from "./record-sources.ts";
import { records } from "./records.ts";
import { resourceSources } from "./resource-sources.ts";
import { resourceExports } from "./resource-exports.ts";
import { review } from "./review.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { tablePolicy } from "./table-policy.ts";
import { tableReview } from "./table-review.ts";
import { tables } from "./tables.ts";
import { viewer } from "./viewer.ts";
import { welcome } from "./welcome.ts";

/**
 * Portuguese as Brazil writes it. The words that must be the same everywhere: package pacote, job and export exportação, source fonte,
 * sync sincronizar, workspace espaço de trabalho ("área de trabalho" is the desktop), recipe modelo ("receita" is a prescription),
 * held back retido, let pass liberar, verify verificar (only where English says it), check of the review examinar, pseudonymised
 * pseudonimizado, project key chave do projeto, crosswalk tabela de correspondência, passphrase frase secreta, password senha, receipt
 * comprovante, study estudo, series série, instance instância, frame quadro, header cabeçalho, preview prévia, leak sweep varredura
 * de vazamentos, fingerprint impressão digital, audit log log de auditoria, USB stick pen drive. What DICOM names stays in English.
 * Nought takes the plural, as in "0 pacientes".
 */
export const pt: Labels = {
  audit,
  browse,
  browseRecords,
  browseResources,
  datasets,
  engine,
  errors,
  exporting,
  files,
  frame,
  help,
  jobs,
  packages,
  parts,
  policy,
  recordSources,
  records,
  resourceSources,
  resourceExports,
  review,
  settings,
  sources,
  tablePolicy,
  tableReview,
  tables,
  viewer,
  welcome,
};
