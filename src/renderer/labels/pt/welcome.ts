import type { Labels } from "../en/index.ts";

export const welcome: Labels["welcome"] = {
  title: "Boas-vindas",
  heading: "Onde estão os dados?",
  lead: "O Satchel lê de uma fonte e grava pacotes concluídos e verificados em um lugar que você escolhe. Nada na fonte é alterado.",
  demoTitle: "Abrir o hospital de demonstração",
  demoText:
    "Pacientes inventados com TC, RM, ultrassom e laudos, notas e exames, para experimentar tudo. É criado neste computador.",
  demoAction: "Abrir a demonstração",
  demoWorking: "Criando o hospital de demonstração…",
  folderTitle: "Adicionar uma pasta",
  folderText:
    "Uma pasta ou unidade com arquivos DICOM: um disco de outro hospital, um arquivo morto, uma pasta de pesquisa compartilhada. Você também pode soltá-la nesta janela.",
  folderAction: "Adicionar uma pasta",
  serverTitle: "Conectar um PACS",
  serverText: "Um servidor Orthanc na sua rede, pelo endereço e, se ele pedir, usuário e senha.",
  serverAction: "Conectar um PACS",
  databaseTitle: "Conectar um banco de dados",
  databaseText:
    "Notas e listas de exames do sistema de um hospital: PostgreSQL, MySQL, SQLite, uma plataforma de exames, ou um arquivo CSV que ele exportou.",
  databaseAction: "Conectar um banco de dados",
  dropHere: "Solte a pasta para adicioná-la como fonte",
  newTitle: "Criar o espaço de trabalho",
  newText:
    "O espaço de trabalho guarda o que o Satchel sabe das suas fontes, e as suas chaves de projeto. Ele é criptografado com uma frase secreta que só você conhece.",
  newWhere: (path) => `Ele é criado em ${path}`,
  passphrase: "Frase secreta",
  again: "A mesma frase secreta de novo",
  cannotRecover:
    "A frase secreta não pode ser recuperada: nem por nós, nem pelo seu hospital. Sem ela, as chaves de projeto do espaço de trabalho se perdem, e os pseudônimos não podem ser refeitos. Anote-a e guarde-a em lugar seguro.",
  different: "As duas não são iguais.",
  strengths: {
    none: "",
    weak: "Fácil de adivinhar. Use mais caracteres, ou quatro palavras que não tenham nada a ver umas com as outras.",
    fair: "Aceitável. Alguns caracteres a mais a tornam bem mais difícil de adivinhar.",
    good: "Difícil de adivinhar.",
  },
  make: "Criar o espaço de trabalho",
  lockedTitle: "Abrir o espaço de trabalho",
  lockedText: (path) => `O espaço de trabalho em ${path} está bloqueado.`,
  open: "Abrir",
  tryAgain: "Tentar de novo",
  /** Before anything is shown of a workspace that has accounts. */
  signIn: {
    title: "Entrar",
    text: "Este espaço de trabalho tem contas. Entre com a sua; quem administra o espaço de trabalho as distribui.",
    name: "Nome",
    password: "Senha",
    action: "Entrar",
  },
};
