import type { Labels } from "../en/index.ts";

export const datasets: Labels["datasets"] = {
  kinds: {
    fhir: "Recursos FHIR",
    view: "Tabelas de recursos FHIR",
    observations: "Dados Open mHealth",
    report: "Relatório agregado",
    quality: "Qualidade dos dados",
  },
  policies: {
    identified: "como vieram, com identidade",
    pseudonymised: "pseudonimizados",
    rules: "por regras importadas",
    aggregated: "apenas contagens",
  },
  reason: "Por que com identidade",
  rules: "Regras",
  rows: "Linhas",
  withoutDay: "Deixados de fora por não terem dia",
  resources: "Recursos",
  documents: "Documentos",
  types: "Tipos de recursos",
  type: "Tipo",
  withheld: "Retidos",
  treated: "Elementos tratados",
  reasons: {
    "no-consent": "sem consentimento registrado",
    "consent-refused": "consentimento recusado",
    "consent-withdrawn": "consentimento retirado",
    "unknown-modifier": "modificador desconhecido",
    picture: "imagem",
    "not-listed": "tipo de recurso que não consta da lista",
    unreadable: "não pôde ser lido",
  },
  treatments: {
    dropped: "deixados de fora",
    pseudonymised: "pseudonimizados",
    shifted: "deslocados no tempo",
    generalised: "generalizados",
    scrubbed: "nomes e números substituídos",
    hashed: "com hash",
    replaced: "substituídos",
    encrypted: "cifrados",
    identifying: "ainda identificam (mantidos pelas regras)",
  },
  exported: (count: number, n: string) => `${n} ${count === 1 ? "recurso" : "recursos"} FHIR`,
  held: (count: number, n: string) =>
    `${n} ${count === 1 ? "recurso retido" : "recursos retidos"} pela política ou pelo consentimento`,
  allData: "todos os dados",
  consent: "Consentimento",
  withoutConsent: {
    include: "Pacientes sem nenhum consentimento registrado são incluídos.",
    exclude: "Pacientes sem nenhum consentimento registrado são deixados de fora.",
  },
  leftOut: (type: string, count: number, n: string) =>
    `${type}: ${n} ${count === 1 ? "paciente deixado" : "pacientes deixados"} de fora`,
  withdrawn: (patient: string, type: string) =>
    `${patient} retirou o consentimento para ${type} desde um pacote anterior desta receita: avise quem o recebeu.`,
};
