import type { Labels } from "../en/index.ts";

const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

export const tables: Labels["tables"] = {
  kind: { label: "O que é exportado", imaging: "Imagens", notes: "Notas", studies: "Lista de exames" },

  counted: (what, rows) => `${what}, ${rows}`,
  policies: { identified: "Com identidade", pseudonymised: "Com pseudônimos" },
  identity: "Identidade",

  what: {
    nothing: {
      notes: "Nenhuma nota foi selecionada ainda.",
      studies: "Nenhuma lista de exames foi selecionada ainda.",
    },
    nothingNext: "Filtre em Explorar, em Registros, ou leve tudo o que há.",
    none: { notes: "O catálogo não tem notas.", studies: "O catálogo não tem exames." },
    noneNext: "Adicione uma fonte que os tenha (um banco de dados, um arquivo CSV) e sincronize.",
    addSource: "Abrir fontes",
    everything: { notes: "Todas as notas dos tipos escolhidos abaixo", studies: "A lista de exames inteira" },
    matching: {
      notes: (filter) => `Notas que correspondem a: ${filter}`,
      studies: (filter) => `Exames que correspondem a: ${filter}`,
    },
    takeAll: { notes: "Levar todas as notas", studies: "Levar a lista inteira" },
    kinds: "Tipos de nota",
    kindCounted: (kind, shown) => `${kind} (${shown})`,
    withoutCheckIn: (n, shown) =>
      n === 1
        ? "1 exame sem hora de chegada fica de fora por causa das datas do filtro."
        : `${shown} exames sem hora de chegada ficam de fora por causa das datas do filtro.`,
    withDeleted: "Inclui notas de pacientes excluídos na fonte.",
    filter: {
      text: (text) => `texto “${text}”`,
      patients: (list) => `paciente ${list}`,
      wards: (list) => `setor ${list}`,
      statuses: (list) => `situação ${list}`,
      genders: (list) => `sexo ${list}`,
      q: (text) => `“${text}” em uma das colunas`,
      item: (text) => `item do exame “${text}”`,
      order: (text) => `número do pedido ${text}`,
      equipment: (list) => `equipamento ${list}`,
      description: (list) => `descrição ${list}`,
      room: (list) => `sala ${list}`,
      ages: (from, to) => `idade de ${from} a ${to}`,
      ageFrom: (from) => `idade a partir de ${from}`,
      ageTo: (to) => `idade até ${to}`,
      exams: (list) => `exame ${list}`,
      deleted: "com pacientes excluídos na fonte",
      many: (first, more) => `${first} e mais ${more}`,
    },
  },

  name: "Nome do arquivo da tabela",
  nameHint: "Vazio, o Satchel dá o nome.",

  form: {
    legend: "Forma",
    zip: {
      title: "Pacote de dados em um ZIP (recomendado)",
      hint: "A tabela com descrição, livro de códigos, comprovante e somas de verificação.",
    },
    folder: { title: "Pacote de dados como pasta", hint: "O mesmo, em arquivos comuns." },
    beside: {
      title: "A tabela, e a descrição ao lado",
      hint: "Descrição, livro de códigos, comprovante e somas de verificação ficam junto dela, com o nome dela.",
    },
    file: {
      title: "Só a tabela",
      hint: "Nada vai junto que diga o que ela contém ou prove que está inteira.",
    },
    level: "Compressão da tabela no ZIP",
  },

  tooMany: {
    title: (shown, limit) => `${shown} exames correspondem, e no máximo ${limit} linhas podem sair.`,
    text: "Nada seria gravado: uma lista nunca é cortada em silêncio. Restrinja o filtro, ou deixe esta exportação ter mais linhas.",
    allow: (shown) => `Permitir ${shown} linhas nesta exportação`,
    narrow: "Restringir em Explorar",
  },

  start: {
    ready: {
      pseudonymised: (rows, patients, bytes) => `Grava ${rows} de ${patients} com pseudônimos, cerca de ${bytes}.`,
      identified: (rows, patients, bytes) => `Grava ${rows} de ${patients} com identidade, cerca de ${bytes}.`,
    },
    asks: "Sai identidade com esta tabela",
    asksText: "Entregue só a quem pode saber quem são os pacientes.",
    confirm: "Exportar com identidade",
  },
  identities: {
    names: "Nomes, números de prontuário e datas de nascimento dos pacientes saem como estão.",
    "live-ids": "Saem os identificadores da fonte: quem tem acesso a esse sistema pode procurar cada paciente.",
    "record-numbers": "Saem números de prontuário: a equipe do hospital pode encontrar cada paciente por eles.",
    resources: "Os recursos saem como estão na fonte, com nomes, números, endereços e datas dos pacientes.",
    rules:
      "Sai o que as regras importadas deixam passar. O Satchel as segue e não pode prometer que retiram o suficiente.",
    pictures: "As imagens saem como estão: não se procura nelas um rosto ou um nome.",
    "free-text": "As notas saem como foram escritas, com todos os nomes e números.",
  },

  receipt: {
    what: { notes: "Notas, uma por linha", studies: "Lista de exames, um por linha" },
    handling: "Como tratar esta tabela",
    policy: "O que foi feito com ela",
    reason: "Identificadores reais saem por este motivo",
    rows: "Linhas",
    written: "gravadas",
    columns: "Colunas",
    column: "Coluna",
    type: "Tipo",
    types: {
      string: "texto",
      integer: "número inteiro",
      number: "número",
      boolean: "verdadeiro ou falso",
      date: "data",
      datetime: "data e hora",
    },
    treatment: "O que foi feito",
    treatments: {
      kept: "mantida",
      "kept: live id": "mantida: identificador da fonte",
      "kept; over 89 as 90": "mantida; acima de 89 como 90",
      pseudonymised: "pseudonimizada",
      scrubbed: "nomes e números substituídos",
      dropped: "deixada de fora",
      computed: "calculada",
      "computed; over 89 as 90": "calculada; acima de 89 como 90",
      translated: "em inglês",
    },
    empty: "Vazias",
    from: "Primeira",
    to: "Última",
    text: { notes: "Texto das notas", studies: "Texto livre" },
    textModes: {
      keep: "Como foi escrito.",
      drop: "Deixado de fora.",
      scrub: "O que identifica foi substituído: isso reduz o risco e não acaba com ele.",
    },
    changed: (n, shown) => one(n, shown, "linha alterada", "linhas alteradas"),
    replacements: "Substituído",
    sources: "Fontes",
    source: "Fonte",
    synced: "Última sincronização",
    never: "nunca",
    whole: "Lida inteira",
    isWhole: "sim",
    isNotWhole: "não: podem faltar linhas",
  },
};
