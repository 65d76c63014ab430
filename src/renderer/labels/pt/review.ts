import type { Labels } from "../en/index.ts";

export const review: Labels["review"] = {
  waiting: "Escolha o que sai e como: uma instância real aparece aqui como sairia.",
  reading: "Lendo a instância …",
  identifiedTitle: "Os nomes saem como estão",
  identifiedText: "Antes e depois são iguais: é isto que quem receber vai ler.",
  readAgain: "Ler de novo",

  position: (index, total) => `Instância ${index} de ${total}`,
  previous: "Instância anterior",
  next: "Próxima instância",
  goTo: "Número da instância",
  willBe: (path, name) => `${path} em ${name}`,
  picture: "Imagem desta instância, como vai sair: as imagens não são alteradas",

  tabs: { header: "Cabeçalho", metadata: "Metadados JSON" },
  groups: {
    patient: "O paciente",
    dates: "Datas e horas",
    examination: "O exame: descrições, lugares e pessoas",
    rest: "Todo o resto",
    file: "Sobre o arquivo",
  },
  fileOrder: "Na ordem do arquivo",
  onlyChanges: "Só alterações",
  find: "Buscar em nomes e valores",
  nothingFound: "Nenhum elemento corresponde.",

  tag: "Tag",
  name: "Nome",
  before: "Antes",
  after: "Depois",
  change: "Alteração",
  nothing: "nada",
  table: "Cabeçalho da instância, antes e depois",
  changes: {
    kept: "mantido",
    removed: "removido",
    emptied: "esvaziado",
    replaced: "substituído",
    shifted: "deslocado",
    cleaned: "limpo",
    added: "adicionado",
  },
  counted: (count, change) => (count === "1" ? `1 ${change}` : `${count} ${change}s`),
  bar: "O que acontece com os elementos deste cabeçalho",

  sweepClean: "Varredura de vazamentos: nenhum valor identificador da fonte foi encontrado no resultado",
  sweepLeaks: (n, shown) =>
    n === 1
      ? "Varredura de vazamentos: 1 elemento ainda traz um valor identificador"
      : `Varredura de vazamentos: ${shown} elementos ainda trazem um valor identificador`,
  sweepLeaksText: "Esta instância não será gravada. Por favor, relate: é um defeito no Satchel.",
  sweepNone: "Sem varredura de vazamentos: os nomes devem mesmo sair",

  heldTitle: "Esta instância está retida: não estará no pacote",
  heldWhy: "Por quê?",
  passedTitle: "Esta instância seria retida, e é liberada pelo seu motivo",

  examine: {
    title: (shown) => `Todas as instâncias: ${shown}`,
    text: "Passa cada instância pela política sem gravar nada. Diz de antemão o que será retido e o que não pode ser lido.",
    start: (n, shown) => (n === 1 ? "Examinar a única instância" : `Examinar todas as ${shown} instâncias`),
    again: "Examinar de novo",
    running: "Examinando todas as instâncias",
    clean: (n, shown) => (n === 1 ? "1 instância vai sair" : `${shown} instâncias vão sair`),
    held: (n, shown) => (n === 1 ? "1 objeto retido" : `${shown} objetos retidos`),
    failed: (n, shown) =>
      n === 1 ? "1 instância não pode ser exportada" : `${shown} instâncias não podem ser exportadas`,
    noneHeld: "Nada é retido.",
    noneFailed: "Todas as instâncias puderam ser lidas.",
    leaks: (n, shown) =>
      n === 1
        ? "1 instância ainda traz um valor identificador e não vai sair"
        : `${shown} instâncias ainda trazem um valor identificador e não vão sair`,
    noLeaks: "Varredura de vazamentos: nada encontrado em nenhuma delas.",
    count: "Instâncias",
    reason: "Motivo",
    code: "Código",
    stopped: "Interrompido: os números são do que foi examinado até então.",
  },

  metadata: {
    text: "O documento JSON como estará no pacote, para o estudo desta instância.",
    truncated: "É mais longo: só o começo é mostrado.",
    label: "Metadados JSON como estarão",
  },
};
