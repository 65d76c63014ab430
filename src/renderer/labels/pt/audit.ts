import type { Labels } from "../en/index.ts";

export const audit: Labels["audit"] = {
  title: "Auditoria",
  table: "Registros de auditoria",
  search: "Buscar",
  searchHelp: "Palavras em usuário, ação, item, política, destino, resultado ou motivo",
  action: "Ação",
  anyAction: "Qualquer ação",
  user: "Usuário",
  anyUser: "Qualquer usuário",
  from: "De",
  to: "Até",
  clear: "Limpar filtros",
  records: (count, shown) => (count === 1 ? "1 registro" : `${shown} registros`),
  columns: {
    sequence: "Nº",
    at: "Quando",
    user: "Usuário",
    action: "Ação",
    subjects: "Itens",
    policy: "Política",
    destination: "Destino",
    counts: "Contagens",
    result: "Resultado",
    reason: "Motivo",
  },
  noneTitle: "Nada registrado ainda",
  noneText: "Exportações, cópias, exportações de chaves e tabelas de correspondência são registradas aqui.",
  nothingFits: "Nenhum registro corresponde a estes filtros",
  verify: "Verificar a cadeia",
  verifying: "Verificando…",
  intact: (count, shown) =>
    count === 1
      ? "1 registro verificado: a cadeia está íntegra."
      : `${shown} registros verificados: a cadeia está íntegra.`,
  broken: (shown) =>
    shown === "1"
      ? "A cadeia está rompida. 1 registro foi lido até esse ponto."
      : `A cadeia está rompida. ${shown} registros foram lidos até esse ponto.`,
  intactLimit: (shown) =>
    `Isto não permite reconhecer uma cópia do espaço de trabalho inteiro restaurada de um dia anterior. Anote o número ${shown} em outro lugar e compare da próxima vez.`,
  exportCsv: "Exportar como CSV…",
  exportTitle: "Exportar como CSV",
  exportHelp:
    "Os registros que correspondem aos filtros vão para um arquivo novo que só você pode ler. Ele pode conter identificadores de pacientes.",
  exportFile: "Arquivo",
  exportName: "satchel-auditoria.csv",
  exportAction: "Exportar",
  exported: (count, shown, file) =>
    count === 1 ? `1 registro gravado em ${file}.` : `${shown} registros gravados em ${file}.`,
  details: (shown) => `Registro ${shown}`,
};
