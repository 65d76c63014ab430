import type { Labels } from "../en/index.ts";

export const files: Labels["files"] = {
  choose: "Escolher…",
  browse: "Procurar…",
  browser: "Navegador de pastas",
  places: "Unidades e pastas",
  placeKinds: {
    removable: "Unidade removível",
    drive: "Unidade",
    network: "Unidade de rede",
    home: "Seus arquivos",
    folder: "Pasta",
  },
  free: (free, total) => `${free} livres de ${total}`,
  freeOnly: (free) => `${free} livres`,
  readOnly: "somente leitura",
  readOnlyNotice: "Nada pode ser gravado aqui: é somente leitura.",
  largestFile: (fileSystem, size) =>
    `${fileSystem} não aceita arquivos maiores que ${size}. Um pacote maior precisa de uma unidade formatada como exFAT ou NTFS.`,
  up: "Subir uma pasta",
  newFolder: "Nova pasta",
  newFolderName: "Nome da nova pasta",
  make: "Criar pasta",
  useThis: "Usar esta pasta",
  contents: "Pastas e arquivos daqui",
  noFolders: "Não há pastas aqui.",
  nothingHere: "Não há aqui nada que sirva.",
  truncated: "Há mais nesta pasta do que é mostrado. Digite o caminho para ir direto a ele.",
  fileName: "Nome do arquivo",
  saveHere: "Salvar aqui",
  keysHint: "As setas escolhem, Enter abre, Backspace sobe.",
};
