import type { Labels } from "../en/index.ts";

const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

export const tableReview: Labels["tableReview"] = {
  review: {
    waiting: "Escolha o que sai e como: dez linhas reais aparecem aqui como sairiam.",
    reading: "Lendo linhas …",
    again: "Ler de novo",
    none: "Não há nenhuma linha.",
    position: (first, last, total) => `Linhas ${first} a ${last} de ${total}`,
    previous: "Dez linhas anteriores",
    next: "Próximas dez linhas",
    goTo: "Número da linha",
    onlyChanges: "Só alterações",
    nothingChanged: "Nada muda nestas linhas.",
    table: "Linhas antes e depois",
    row: (shown) => `Linha ${shown}`,
    column: "Coluna",
    bar: "O que acontece com as células destas linhas",
    willBe: (path, name) => `${path} em ${name}`,
    read: (shown) => `Ler o texto inteiro da linha ${shown}`,
    readShort: "Ler o texto inteiro",
    notices: "O que ainda pode identificar alguém",
  },

  text: {
    title: (shown) => `Texto da linha ${shown}`,
    before: "Antes",
    after: "Depois",
    empty: "Não há texto.",
    replaced: (n, shown) => one(n, shown, "trecho substituído", "trechos substituídos"),
    suspicious: (n, shown) => one(n, shown, "palavra ainda parece nome", "palavras ainda parecem nome"),
    nothingSuspicious: "Nada nele parece mais um nome. Isso não é prova: leia.",
    unmarked: "Nada neste texto é substituído.",
    spokenReplaced: (kind) => `substituído, ${kind}:`,
    spokenSuspicious: "parece nome:",
    spokenEnd: "fim da marca",
    more: (shown) => `Mostrar mais (faltam ${shown} caracteres)`,
  },

  examine: {
    title: (shown) => `O texto de todas as notas: ${shown}`,
    text: "Passa cada nota pela limpeza sem gravar nada, e lista aquelas em que mais pode ter restado. Leia essas você mesmo: a limpeza reduz o risco, não acaba com ele.",
    start: (n, shown) => (n === 1 ? "Examinar a única nota" : `Examinar todas as ${shown} notas`),
    again: "Examinar de novo",
    running: "Examinando o texto de todas as notas",
    stopped: "Interrompido: os números são do que foi examinado até então.",
    changed: (n, shown) => one(n, shown, "nota em que algo é substituído", "notas em que algo é substituído"),
    replacements: "O que é substituído",
    riskiest: "As notas de maior risco",
    noneRisky: "Em nenhuma nota foi encontrado algo que ainda pareça nome. Isso não é prova: leia algumas.",
    row: "Linha",
    risk: "Risco",
    risks: { high: "alto", medium: "médio", low: "baixo" },
    suspicious: "Ainda parece nome",
    replaced: "Substituído",
    counted: (kind, shown) => `${kind}: ${shown}`,
    open: (shown) => `Abrir a linha ${shown}`,
  },
};
