import type { Labels } from "../en/index.ts";

export const help: Labels["help"] = {
  title: "Ajuda",
  print: "Imprimir",
  contents: "Nesta página",
  start: {
    title: "Como trabalhar com o Satchel",
    steps: [
      "Adicione uma fonte em Fontes: uma pasta, um servidor Orthanc, um banco de dados do hospital ou um arquivo CSV. O Satchel lê o que há nela; nada ali é alterado.",
      "Encontre e selecione pacientes ou estudos em Explorar. Notas e listas de exames ficam ali em Registros: filtre-as, e a exportação leva tudo o que o filtro encontra.",
      "Clique em Exportar. Escolha para que serve o pacote, veja na Revisão o que vai sair e inicie.",
      "Quando a exportação termina, o pacote foi relido e verificado. Copie-o para um pen drive em Pacotes: a cópia também é relida.",
    ],
  },
  promises: {
    title: "O que o Satchel promete",
    items: [
      "Nunca vaza: o que a política manda retirar some, em todos os níveis de um arquivo, e também nos nomes de arquivos e nas mensagens.",
      "Nunca mente: um pacote diz o que deveria conter, o que contém e o que falta e por quê. Um arquivo que não está inteiro nunca leva o nome final.",
      "Nunca perde: uma falha, um disco cheio, uma unidade arrancada ou um servidor fora do ar custam no máximo o objeto em curso. A exportação continua de onde parou.",
      "Fica aqui: nada é enviado para a internet. O Satchel fala com as fontes que você adicionou e com mais nada.",
    ],
  },
  colours: {
    title: "Cores e sinais",
    verified: "Verificado: relido e achado correto. Nunca apenas concluído.",
    attention: "Retido, ou é preciso uma decisão.",
    failed: "Falhou, ou foi encontrado um valor identificador.",
    running: "Em andamento.",
  },
  policy: {
    title: "O que fazem as opções de uma exportação",
    lead: "Em letra pequena está o nome que a norma dá a cada uma (DICOM PS3.15 Annex E). Nenhuma opção torna os dados impossíveis de identificar: cada uma diz o que ainda pode identificar alguém.",
    risk: "O que ainda pode identificar:",
  },
  errors: {
    title: "O que fazer com os erros",
    lead: "Cada mensagem mostra um código. Um erro fica na tela até você dispensá-lo, e Copiar leva o texto e o código.",
    find: "Buscar um código ou uma palavra",
    none: "Nada corresponde.",
  },
  keys: {
    title: "Teclado",
    key: "Teclas",
    does: "O que fazem",
    rows: [
      ["Alt + 1 … 7", "Ir para Explorar, Exportações, Pacotes, Fontes, Auditoria, Configurações, Ajuda"],
      ["F1", "Ajuda"],
      ["Tab, Shift + Tab", "Controle seguinte ou anterior; o primeiro Tab oferece ir direto ao conteúdo"],
      ["Esc", "Fechar o painel lateral, o visualizador ou uma pergunta"],
      [
        "Setas",
        "Mover-se em uma tabela, em uma lista de pastas, no visualizador; mudar a largura do painel lateral quando a borda dele tem o foco",
      ],
      ["Home, End, Page Up, Page Down", "Ir longe em uma tabela ou em uma série"],
      ["Espaço", "Marcar ou desmarcar a linha"],
      ["Shift + setas", "Marcar várias linhas seguidas"],
      ["Ctrl + A", "Marcar tudo o que corresponde ao filtro"],
      ["Enter", "Abrir a linha no painel lateral; abrir uma pasta"],
      ["Backspace", "Subir uma pasta, no navegador de pastas"],
    ],
  },
  about: {
    title: "Sobre",
    version: "Versão",
    shell: "Janela",
    shells: { electron: "Electron", loopback: "Navegador neste computador", cli: "Linha de comando" },
    platform: "Sistema",
    user: "Usuário, como o log de auditoria chama você",
    workspace: "Espaço de trabalho",
    software: "Software",
    licence:
      "O Satchel é software livre sob a Apache License 2.0. Vem sem nenhuma garantia. Não é um dispositivo médico: não faça diagnósticos pelas imagens dele.",
    licences: "Licenças do que compõe o Satchel",
    showLicences: "Mostrar licenças",
    hideLicences: "Ocultar licenças",
    noLicences: "A lista de licenças é feita quando o Satchel é compilado; este roda a partir do código-fonte.",
  },
};
