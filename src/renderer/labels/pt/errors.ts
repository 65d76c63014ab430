import type { Labels } from "../en/index.ts";

const codes: Labels["errors"]["codes"] = {
  USAGE: {
    title: "Isto não pode ser feito como foi pedido",
    meaning: "Algo no pedido está faltando ou não combina: uma opção, um nome, uma seleção vazia.",
    toDo: "Leia a frase, corrija o que ela aponta e tente de novo. Nada foi alterado.",
  },
  NOT_FOUND: {
    title: "Não está lá",
    meaning: "Um arquivo, pasta, paciente, estudo, exportação ou fonte com esse nome não existe, ou não existe mais.",
    toDo: "Confira o nome. Se uma unidade foi desconectada, conecte-a de novo. Se a fonte mudou, sincronize-a.",
  },
  ALREADY_EXISTS: {
    title: "Já existe",
    meaning: "O Satchel nunca sobrescreve. Algo com este nome está no lugar aonde a coisa nova deveria ir.",
    toDo: "Escolha outro nome ou outra pasta, ou tire antes o que está lá.",
  },
  IN_USE: {
    title: "Outro Satchel está usando",
    meaning: "O espaço de trabalho ou o pacote está com outra janela ou comando do Satchel ainda em execução.",
    toDo: "Use a outra janela, ou feche-a e tente de novo.",
  },
  LOCKED: {
    title: "O espaço de trabalho está bloqueado",
    meaning: "Nada pode ser lido antes que o espaço de trabalho seja aberto com a frase secreta.",
    toDo: "Informe a frase secreta.",
  },
  SIGN_IN_NEEDED: {
    title: "Entre primeiro",
    meaning: "O espaço de trabalho tem contas. Ninguém entrou, ou o nome e a senha não combinam.",
    toDo: "Entre com seu nome e sua senha. Depois de várias senhas erradas, espere o tempo indicado.",
  },
  NOT_ALLOWED: {
    title: "Sua conta não pode fazer isto",
    meaning: "O que foi pedido precisa de outro papel, ou pertence a outra organização ou a outra pessoa.",
    toDo: "Peça a um administrador deste espaço de trabalho. A tentativa fica no registro de auditoria.",
  },
  WRONG_KEY: {
    title: "Frase secreta ou chave errada",
    meaning:
      "A frase secreta ou o arquivo de chave não abre o espaço de trabalho, a chave do projeto ou a tabela de correspondência.",
    toDo: "Digite a frase secreta de novo; atenção ao Caps Lock e ao layout do teclado. Uma frase secreta perdida não pode ser recuperada.",
  },
  KEY_NEEDED: {
    title: "É preciso uma chave do projeto",
    meaning: "Os pseudônimos são feitos a partir de uma chave do projeto, e nenhuma foi escolhida.",
    toDo: "Escolha ou crie uma chave do projeto em Configurações.",
  },
  UNSUPPORTED_RUNTIME: {
    title: "Este Node.js é antigo demais",
    meaning: "O Satchel foi iniciado por uma versão do Node.js em que não pode funcionar.",
    toDo: "Inicie o Satchel pelo próprio iniciador, que traz a versão certa.",
  },
  SOURCE_UNREACHABLE: {
    title: "A fonte não responde",
    meaning:
      "O servidor está desligado, o endereço está errado, há um firewall no caminho ou a unidade não está conectada.",
    toDo: "Confira o endereço e a rede e depois teste a fonte. Uma exportação pausada continua quando a fonte voltar.",
  },
  SOURCE_REFUSED: {
    title: "A fonte recusou",
    meaning: "O servidor respondeu, mas não deixa este usuário entrar ou não permite o que foi pedido.",
    toDo: "Corrija o usuário e a senha da fonte, ou peça a quem administra o servidor a permissão de leitura.",
  },
  SOURCE_ANSWER: {
    title: "A fonte respondeu algo inesperado",
    meaning:
      "O que voltou não é o que este tipo de servidor promete: outro programa responde ali, ou há um proxy no caminho.",
    toDo: "Confira se o endereço leva ao próprio servidor e depois teste a fonte.",
  },
  CHECKSUM: {
    title: "Bytes mudaram no caminho",
    meaning:
      "O que foi lido não confere com a soma de verificação que o acompanha. O arquivo foi danificado ou alterado.",
    toDo: "Leia-o de novo da fonte. Se isso também falhar, o original está danificado: restaure-o de um backup.",
  },
  READ_FAILED: {
    title: "Um arquivo não pôde ser lido",
    meaning: "O arquivo está protegido, a unidade tem um defeito ou ele foi retirado durante a leitura.",
    toDo: "Confira a permissão e a unidade e tente de novo.",
  },
  WRITE_FAILED: {
    title: "Um arquivo não pôde ser gravado",
    meaning: "O destino é somente leitura, está protegido, foi desconectado ou tem um defeito.",
    toDo: "Confira o destino ou escolha outra pasta. Nenhum arquivo gravado pela metade leva um nome final.",
  },
  DISK_FULL: {
    title: "O disco está cheio",
    meaning:
      "O destino tem menos espaço livre do que o necessário. A exportação foi pausada e guarda o que foi gravado.",
    toDo: "Libere espaço e retome a exportação, ou cancele-a e exporte para outra unidade.",
  },
  NOT_DICOM: {
    title: "Isto não é um arquivo DICOM",
    meaning: "Os bytes não têm a forma de um arquivo DICOM (PS3.10).",
    toDo: "Nada, se há outros arquivos entre as imagens: eles ficam de fora. Caso contrário, confira de onde vem o arquivo.",
  },
  BAD_DICOM: {
    title: "Um arquivo DICOM está corrompido",
    meaning:
      "O arquivo quebra a própria estrutura: foi cortado ou gravado de forma errada. Não pode ser desidentificado com segurança.",
    toDo: "Busque o arquivo de novo no sistema de onde ele vem. O pacote o lista como faltante.",
  },
  UNSUPPORTED_DICOM: {
    title: "Um recurso DICOM que não pode ser tratado com segurança",
    meaning: "O arquivo usa algo que o Satchel não conhece o bastante para prometer que nada vaza.",
    toDo: "Exporte-o separadamente, com identidade, se isso for permitido. O pacote o lista como faltante.",
  },
  TOO_LARGE: {
    title: "Grande demais",
    meaning: "Algo passa de um limite que evita que a memória deste computador se esgote.",
    toDo: "Divida a seleção ou deixe este objeto de fora.",
  },
  HELD_BACK: {
    title: "Retido",
    meaning:
      "O objeto pode mostrar a identidade de um modo que a política não consegue limpar: texto na imagem, uma página digitalizada, um laudo.",
    toDo: "Olhe-o na Revisão. Ele pode ser liberado com um motivo por escrito.",
  },
  LEAK: {
    title: "Um valor identificador foi encontrado no resultado",
    meaning: "A varredura encontrou um valor do original no que ia sair. O objeto foi barrado e não está no pacote.",
    toDo: "Deixe o objeto de fora, ou informe o atributo que a mensagem aponta a quem mantém a política.",
  },
  CANNOT_RENDER: {
    title: "A imagem não pode ser mostrada",
    meaning:
      "Os dados de pixels estão comprimidos de forma desconhecida, danificados ou não são uma imagem. O arquivo em si pode estar bom.",
    toDo: "Exporte-o sem prévia e abra-o em um visualizador DICOM.",
  },
  PACKAGE_DAMAGED: {
    title: "O pacote está danificado",
    meaning: "O pacote não confere com o próprio manifesto: bytes mudaram ou faltam arquivos.",
    toDo: "Não o use. Copie-o de novo de onde foi feito e verifique essa cópia, ou exporte de novo.",
  },
  AUDIT_BROKEN: {
    title: "O log de auditoria não confere consigo mesmo",
    meaning: "Um registro foi alterado, removido ou adicionado fora do Satchel, ou o disco tem um defeito.",
    toDo: "Mantenha o espaço de trabalho como está e compare-o com um backup. Avise quem responde pela proteção de dados.",
  },
  CANCELLED: {
    title: "Cancelado",
    meaning: "Alguém parou. Nada feito pela metade leva um nome final.",
    toDo: "Comece de novo quando quiser.",
  },
  CONNECTION_LOST: {
    title: "A conexão foi perdida",
    meaning: "Esta janela não alcança mais o Satchel que está por trás dela, neste mesmo computador.",
    toDo: "Espere: a janela se reconecta sozinha. Se isso não acontecer, inicie o Satchel de novo; as exportações continuam de onde pararam.",
  },
  WORKER_DIED: {
    title: "Uma parte do Satchel parou",
    meaning:
      "Uma das threads que fazem o trabalho terminou de forma inesperada, talvez por falta de memória. Ela foi substituída.",
    toDo: "Tente de novo. Se acontecer sempre com o mesmo objeto, deixe esse objeto de fora.",
  },
  INTERNAL: {
    title: "Um erro inesperado",
    meaning: "Um defeito no Satchel. Os detalhes estão no log do espaço de trabalho, sem dados de pacientes.",
    toDo: "Tente de novo. Se acontecer outra vez, relate o que você fez e o código, com o log do espaço de trabalho.",
  },
};

export const errors: Labels["errors"] = { codes };
