import type { Labels } from "../en/index.ts";

const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

export const exporting: Labels["exporting"] = {
  title: "Nova exportação",
  listTitle: "Exportações",
  newExport: "Nova exportação",
  steps: { what: "O quê", how: "Como", where: "Onde", review: "Revisão: o que vai sair" },

  patients: (n, shown) => one(n, shown, "paciente", "pacientes"),
  studies: (n, shown) => one(n, shown, "estudo", "estudos"),
  series: (n, shown) => one(n, shown, "série", "séries"),
  instances: (n, shown) => one(n, shown, "instância", "instâncias"),
  previews: (n, shown) => one(n, shown, "imagem de prévia", "imagens de prévia"),
  packages: (n, shown) => one(n, shown, "pacote", "pacotes"),

  what: {
    nothing: "Nada foi selecionado ainda.",
    nothingNext: "Selecione pacientes ou estudos em Explorar, ou leve tudo.",
    uncounted: {
      counting: "Contando o que isto abrange …",
      failed: "Não contado: veja em Onde o que está errado.",
      incomplete: "Será contado quando Como estiver completo.",
    },
    about: (bytes) => `cerca de ${bytes}`,
    everything: "Tudo o que está no catálogo",
    patientsPicked: (n, shown) => one(n, shown, "paciente selecionado à mão", "pacientes selecionados à mão"),
    studiesPicked: (n, shown) => one(n, shown, "estudo selecionado à mão", "estudos selecionados à mão"),
    studiesMatching: (filter) => `Todos os estudos que correspondem a: ${filter}`,
    patientsMatching: (filter) => `Todos os pacientes com um estudo que corresponde a: ${filter}`,
    noFilter: "sem filtro",
    except: (shown) => `menos ${shown} retirados à mão`,
    filter: {
      text: (text) => `texto “${text}”`,
      patientId: (id) => `paciente ${id}`,
      modality: (list) => `modalidade ${list}`,
      sources: (list) => `fonte ${list}`,
      description: (text) => `descrição “${text}”`,
      withAnalyses: "com resultados de IA",
      withoutAnalyses: "sem resultados de IA",
      dates: (from, to) => `${from} a ${to}`,
      since: (from) => `desde ${from}`,
      until: (to) => `até ${to}`,
    },
    change: "Mudar em Explorar",
    pick: "Selecionar em Explorar",
    takeEverything: "Levar tudo",
    fromRecipe: "É isto que o modelo salvo ou a exportação anterior tinha selecionado.",
    usePicked: "Usar o que está selecionado em Explorar",
  },

  ready: {
    legend: "Para que serve?",
    research: {
      title: "Conjunto de dados de pesquisa",
      text: "Nomes e números substituídos, datas deslocadas, descrições limpas. Idade, sexo, altura e peso ficam. Um pacote para tudo.",
      mark: "Pseudonimizado",
    },
    patient: {
      title: "Cópia para o paciente",
      text: "Tudo como está, com imagens de prévia que abrem em qualquer computador. Um pacote para cada paciente.",
      mark: "Com nomes",
    },
    transfer: {
      title: "Transferência para outro hospital",
      text: "Os arquivos originais, bit a bit, sem imagens de prévia. Um pacote para cada paciente ou estudo.",
      mark: "Com nomes",
    },
    metadata: {
      title: "Só metadados",
      text: "Um documento JSON que descreve os dados. Sem imagens.",
      mark: "Com ou sem nomes: escolha abaixo",
    },
    own: "Ajustado: nenhum modelo pronto tem exatamente estas configurações.",
    choose: "Só metadados:",
  },

  identity: {
    legend: "Nomes",
    loud: "Os nomes saem como estão",
    loudText:
      "Tudo o que identifica o paciente fica nos arquivos. Entregue este pacote só a quem pode saber quem é o paciente.",
  },

  key: {
    label: "Chave do projeto",
    choose: "Escolha uma chave do projeto",
    make: "Criar uma chave nova …",
    none: "Ainda não há chave do projeto. Crie uma: basta um nome.",
    newName: "Nome da chave nova, por exemplo o projeto de pesquisa",
    proposedName: "pesquisa",
    create: "Criar chave",
    cancel: "Cancelar",
    gone: (name) => `A chave ${name} não está neste espaço de trabalho. Escolha outra ou importe-a em Configurações.`,
    whatIsIt: "O que é uma chave do projeto?",
  },

  adjust: {
    open: "Ajustar",
    explain: "Cada opção, com o nome dado pela norma ao lado",
    risk: "O que ainda pode identificar:",
    optionsLegend: "O que é mantido além do perfil",
    held: {
      legend: "Objetos que não podem ser limpos",
      keep: "Reter (recomendado)",
      pass: "Liberar, por um motivo que fica registrado",
      reason: "Motivo",
      reasonHint: "Ele é gravado no comprovante e no log de auditoria. Não escreva aqui o nome de nenhum paciente.",
      warning: "Podem sair nomes em imagens e laudos",
      warningText:
        "Laudos em texto livre, telas capturadas, páginas digitalizadas e fotografias vão sair sem alteração no que mostram. Olhe cada um antes de entregar o pacote.",
    },
    contents: {
      legend: "O que há no pacote",
      images: "Imagens (arquivos DICOM)",
      previews: "Imagens de prévia (PNG)",
      previewsHint: "Uma imagem para cada quadro, para quem não tem visualizador DICOM.",
      previewsNeedImages: "As prévias só vêm junto com as imagens.",
    },
    format: {
      legend: "Forma",
      zip: "Arquivo ZIP",
      zipHint: "Um arquivo por pacote. Bom para a maioria.",
      folder: "Pasta",
      folderHint: "Arquivos comuns em uma pasta.",
      json: "Só JSON",
      jsonHint: "Só o documento que descreve os dados.",
    },
    compress: {
      label: "Compressão",
      off: "Sem: mais rápido, as imagens são guardadas como estão",
      fast: "Rápida",
      small: "Menor, mais lenta",
      smallest: "A menor, a mais lenta",
      level: (level) => `Nível ${level}`,
    },
    grouping: {
      legend: "Pacotes",
      one: "Um pacote para tudo",
      patient: "Um pacote para cada paciente",
      each: "Um pacote para cada paciente ou estudo",
    },
  },

  where: {
    label: "Pasta para os pacotes",
    free: (free, need) => `${free} livres, cerca de ${need} necessários.`,
    fits: "Cabe.",
    doesNotFit: (short) => `Não cabe: faltam ${short}.`,
    fileLimit: (limit) =>
      `Esta unidade não aceita arquivos maiores que ${limit} (FAT32). Escolha “Pasta” como forma, ou outra unidade.`,
    readOnly: "Este lugar é somente leitura.",
    names: "Nomes dos pacotes",
    exists: "já existe lá",
    existsText: (n, shown) =>
      n === 1
        ? "Já há um pacote com este nome nessa pasta. O Satchel não sobrescreve nada."
        : `Já há ${shown} pacotes com estes nomes nessa pasta. O Satchel não sobrescreve nada.`,
    anotherFolder: "Usar outra pasta",
    more: (shown) => `e mais ${shown}`,
    chooseFirst: "Escolha uma pasta: os nomes e o espaço necessário aparecem aqui.",
  },

  start: {
    button: "Iniciar exportação",
    starting: "Iniciando …",
    ready: {
      identified: (packages, bytes) => `Cria ${packages} com nomes, cerca de ${bytes}.`,
      pseudonymised: (packages, bytes) => `Cria ${packages} com dados pseudonimizados, cerca de ${bytes}.`,
    },
    reasons: {
      "nothing-picked": "Nada está selecionado: escolha pacientes ou estudos em O quê.",
      "records-not-picked": "Nada está selecionado: escolha notas ou exames em O quê.",
      "resources-not-picked": "Nada foi selecionado: escolha recursos em O quê.",
      "rules-missing": "Falta o arquivo de regras: abra um em Como.",
      "identity-reason-missing": "Escreva em Como por que a identidade sai.",
      "consent-missing": "Decida em Como sobre pacientes sem nenhum consentimento registrado.",
      "views-missing": "Nenhuma tabela foi escolhida: escolha uma em Como.",
      "measures-missing": "Nenhum indicador foi escolhido: escolha um em Como.",
      "live-reason-missing": "Escreva em Como por que os identificadores reais saem.",
      "columns-missing": "Nenhuma coluna foi escolhida: escolha uma em Como.",
      "too-many-rows": "Correspondem mais linhas do que podem sair: veja em O quê.",
      "key-missing": "Falta uma chave do projeto: escolha uma em Como.",
      "reason-missing": "Escreva em Como por que objetos retidos podem passar.",
      "destination-missing": "Escolha uma pasta em Onde.",
      "plan-failed": "O plano não pôde ser feito: veja acima o que está errado.",
      planning: "Contando o que vai sair …",
      "nothing-found": "Nada no catálogo corresponde a esta escolha.",
      "names-taken": "Já há pacotes com estes nomes nessa pasta: use outra pasta.",
      "read-only": "Não é possível gravar na pasta: escolha outra.",
      "no-space": "A pasta tem pouco espaço livre: escolha outra.",
      "file-too-large": "A unidade não aceita arquivos tão grandes: escolha Pasta como forma, ou outra unidade.",
      "table-too-large": "A unidade não aceita um arquivo tão grande quanto esta tabela: escolha outra unidade.",
    },
    more: (shown) => `(e mais ${shown})`,
  },

  saved: {
    legend: "Modelos salvos",
    open: "Abrir um modelo salvo",
    save: "Salvar como modelo",
    name: "Nome do modelo",
    saveButton: "Salvar",
    cancel: "Cancelar",
    saved: (name) => `Salvo como ${name}.`,
    replaceTitle: (name) => `Substituir o modelo ${name}?`,
    replaceText: "Já existe um modelo com este nome. O antigo deixa de existir depois disso.",
    replace: "Substituir",
    remove: (name) => `Remover o modelo ${name}`,
    removeTitle: (name) => `Remover o modelo ${name}?`,
    removeText: "Os pacotes que foram feitos com ele ficam.",
    removeButton: "Remover",
    savedAt: (when) => `salvo ${when}`,
  },
};
