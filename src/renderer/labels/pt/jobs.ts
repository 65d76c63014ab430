import type { Labels } from "../en/index.ts";

export const jobs: Labels["jobs"] = {
  title: "Exportações",
  jobTitle: (id) => `Exportação ${id}`,
  newExport: "Nova exportação",
  none: "Nada foi exportado ainda.",
  noneText: "Selecione pacientes ou estudos em Explorar, ou comece com tudo o que o catálogo contém.",
  pick: "Selecionar em Explorar",
  back: "Todas as exportações",
  notFound: "Não há mais exportação com este número.",
  now: "Agora",
  ended: "Encerradas",

  states: {
    planned: "aguardando a vez",
    running: "em andamento",
    paused: "pausada",
    interrupted: "interrompida",
    complete: "concluída e verificada",
    incomplete: "concluída, incompleta",
    failed: "falhou",
    cancelled: "cancelada",
  },
  phases: {
    waiting: "Aguardando a vez",
    "waiting-for-sync": "Aguardando o fim de uma sincronização",
    reading: "Lendo o plano",
    writing: (name) => `Gravando ${name}`,
    finishing: (name) => `Finalizando ${name}`,
    verifying: (name) => `Verificando ${name}`,
    numbered: (step, number, total) => `${step} (${number} de ${total})`,
  },
  explain: {
    paused: "Parada de modo que possa continuar: o que foi gravado é mantido.",
    interrupted:
      "O Satchel foi encerrado durante esta exportação. O que foi gravado é conferido e mantido; ela pode continuar.",
    cancelled: "Cancelada. O que não estava concluído foi removido; os pacotes concluídos ficam.",
  },

  policies: { identified: "Com nomes", pseudonymised: "Pseudonimizados" },
  picked: {
    patients: (n, shown) => (n === 1 ? "1 paciente" : `${shown} pacientes`),
    studies: (n, shown) => (n === 1 ? "1 estudo" : `${shown} estudos`),
    records: (n, shown) => (n === 1 ? "1 linha" : `${shown} linhas`),
    matching: "tudo o que correspondia a um filtro",
    all: "tudo o que está no catálogo",
  },
  instances: (n, shown) => (n === 1 ? "1 instância" : `${shown} instâncias`),
  packages: (n, shown) => (n === 1 ? "1 pacote" : `${shown} pacotes`),
  created: "Iniciada à mão",
  begun: "Início",
  endedAt: "Fim",
  took: "Duração",
  destination: "Pasta",
  policy: "Nomes",
  scope: "O quê",
  to: (folder) => `para ${folder}`,

  pause: "Pausar",
  resume: "Retomar",
  cancel: "Cancelar exportação",
  retry: "Repetir o que falhou",
  again: "Exportar de novo",
  remove: "Tirar da lista",
  open: (id) => `Mostrar a exportação ${id}`,
  editSource: "Editar fonte",
  openKeys: "Abrir chaves de projeto",
  showPackages: "Mostrar em Pacotes",

  cancelTitle: "Cancelar esta exportação?",
  cancelKept: (n, shown) =>
    n === 0
      ? "Nenhum pacote foi concluído ainda. O que está pela metade é removido."
      : n === 1
        ? "Um pacote concluído fica. O que está pela metade é removido."
        : `${shown} pacotes concluídos ficam. O que está pela metade é removido.`,
  cancelNot: "Não cancelar",
  cancelInstead: "Pause em vez disso, se ela deve continuar depois.",
  removeTitle: "Tirar esta exportação da lista?",
  removeText: "Os pacotes dela ficam onde estão, e o log de auditoria guarda o que foi feito.",

  packagesTitle: "Pacotes",
  noPackages: "Nenhum pacote foi concluído ainda.",
  reasonsTitle: "O que não está nos pacotes, e por quê",
  logTitle: "O que aconteceu",
  noLog: "Nada foi anotado ainda.",
};
