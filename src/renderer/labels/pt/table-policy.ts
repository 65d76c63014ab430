import type { Labels } from "../en/index.ts";

export const tablePolicy: Labels["tablePolicy"] = {
  explain: "Cada opção, e o que significa",
  notes: {
    ready: {
      research: {
        title: "Notas para pesquisa",
        text: "Pseudônimos para pacientes e notas, nomes e números substituídos no texto, sem número de prontuário, idades acima de 89 como 90.",
        mark: "Pseudonimizado",
      },
      traceable: {
        title: "Notas rastreáveis para pesquisa",
        text: "O mesmo, com número de prontuário e idade exata, para que a equipe do hospital possa voltar ao prontuário.",
        mark: "Leva de volta ao paciente",
      },
      timeline: {
        title: "Linha do tempo sem texto",
        text: "Quem, quando, situação e idade de cada nota, e nenhuma palavra do que foi escrito.",
        mark: "Pseudonimizado",
      },
      command: {
        title: "Como o comando antigo",
        text: "O que export_patient_data gravava: identificadores reais, prontuário e situação de hoje, o texto como está. Um arquivo CSV.",
        mark: "Com identidade",
      },
    },
    ids: {
      legend: "Identificadores de pacientes e notas",
      pseudonym: {
        title: "Pseudônimos",
        meaning:
          "Derivados da chave do projeto. O mesmo paciente recebe o mesmo pseudônimo em toda exportação com essa chave, também ao lado de imagens.",
        risk: "Quem tem a chave do projeto pode calcular quem está por trás de um pseudônimo.",
      },
      source: {
        title: "Os da fonte",
        meaning: "Os identificadores saem como estão no banco de dados.",
        risk: "Quem tem acesso a esse sistema pode procurar cada paciente.",
      },
      reason: "Por que os identificadores reais saem",
      reasonHint: "É gravado no comprovante e no log de auditoria. Não escreva aqui o nome de nenhum paciente.",
    },
    text: {
      legend: "Texto das notas",
      scrub: {
        title: "Substituir o que identifica",
        meaning:
          "Nomes, números, endereços e data de nascimento do próprio paciente, nomes da equipe e dos setores, e o que parece nome, número ou data são substituídos pelo que eram.",
        risk: "Reduz o risco, mas não acaba com ele: um nome que parece uma palavra, ou uma história que só uma pessoa tem, fica. Examine abaixo as notas de maior risco.",
      },
      drop: {
        title: "Deixar o texto de fora",
        meaning: "A coluna existe e fica vazia.",
        risk: "Nada do texto resta.",
      },
      keep: {
        title: "Deixar o texto como está",
        meaning: "Cada palavra sai como foi escrita.",
        risk: "As notas citam pacientes, parentes e equipe. Entregue só a quem pode saber.",
      },
    },
    recordNumber: {
      legend: "Número do prontuário",
      drop: { title: "Deixar de fora", meaning: "A coluna existe e fica vazia.", risk: "Nada dele resta." },
      pseudonym: {
        title: "Substituir",
        meaning: "Cada número vira um código curto, sempre o mesmo.",
        risk: "Quem tem a chave do projeto pode calculá-lo.",
      },
      keep: {
        title: "Manter",
        meaning: "O hospital pode encontrar cada prontuário de novo. O pacote diz isso na primeira página.",
        risk: "A equipe do hospital conhece o paciente por ele: não entregue a tabela fora do grupo autorizado.",
      },
    },
    asOf: {
      legend: "Situação e número do prontuário",
      note: {
        title: "Como eram na hora da nota",
        meaning: "Reconstruídos do histórico que a fonte guarda.",
        risk: "Nada além da própria nota.",
      },
      now: {
        title: "Como são agora",
        meaning: "O que o comando antigo gravava: quem morreu aparece como “Óbito” em todas as notas.",
        risk: "Conta o que aconteceu com o paciente depois.",
      },
    },
    statusLabels: {
      legend: "Palavras da situação",
      english: {
        title: "Em inglês",
        meaning: "Isto é: Inpatient, Outpatient, Emergency, Discharged, Transferred, Deceased.",
      },
      source: { title: "As palavras do próprio sistema", meaning: "Por exemplo “Internado”, como a fonte traz." },
    },
    ages: {
      legend: "Idades",
      "safe-harbor": {
        title: "Acima de 89 como 90",
        meaning: "Idades de 90 ou mais viram todas 90 (45 CFR 164.514, Safe Harbor).",
        risk: "As menores ficam em anos inteiros.",
      },
      exact: {
        title: "Como são",
        meaning: "Anos inteiros no dia da nota.",
        risk: "Pessoas muito idosas são poucas: só a idade já pode apontar uma.",
      },
    },
  },

  studies: {
    ready: {
      research: {
        title: "Lista para pesquisa",
        text: "Pseudônimos no lugar de nomes e números, as colunas do guia. CSV com a sua descrição.",
        mark: "Pseudonimizado",
      },
      department: {
        title: "Lista para o setor",
        text: "As colunas do guia com nomes, como planilha para Excel ou LibreOffice.",
        mark: "Com nomes",
      },
      platform: {
        title: "Como a plataforma exporta",
        text: "Todas as 18 colunas com nomes. Um arquivo CSV.",
        mark: "Com nomes",
      },
    },
    identity: {
      legend: "Nomes e números de pacientes",
      pseudonymised: {
        title: "Pseudonimizado",
        meaning:
          "Números de prontuário, exame e pedido viram códigos derivados da chave do projeto. Nomes e datas de nascimento ficam de fora; idades acima de 89 viram 90. As datas dos exames ficam.",
        risk: "Quem sabe quando alguém foi examinado pode encontrar a linha. Quem tem a chave do projeto pode calcular os códigos.",
      },
      identified: {
        title: "Com nomes",
        meaning: "Cada coluna sai como está.",
        risk: "Quem recebe a tabela sabe quem são os pacientes.",
      },
    },
    columns: {
      legend: "Colunas",
      guide: (shown) => `As ${shown} do guia`,
      platform: (shown) => `As ${shown} da plataforma`,
      own: "Minha escolha",
      chosen: "Escolhidas, na ordem da tabela",
      others: "Fora da tabela",
      add: (column) => `Incluir ${column}`,
      remove: (column) => `Tirar ${column}`,
      up: (column) => `Mover ${column} para cima`,
      down: (column) => `Mover ${column} para baixo`,
      moved: (column, place, of) => `${column} agora é a coluna ${place} de ${of}.`,
    },
    table: {
      legend: "Tipo de arquivo",
      csv: "Texto (CSV)",
      csvHint: "Texto simples que todo programa lê.",
      xlsx: "Planilha XLSX (Excel, LibreOffice)",
      xlsxHint: "Datas e números de verdade, o cabeçalho fica à vista, filtros ligados.",
    },
    sort: "Ordem das linhas",
    maxRows: "No máximo tantas linhas",
    maxRowsHint: "Se mais corresponderem, nada é gravado e o Satchel diz quantas são. Uma lista nunca é cortada.",
  },

  formulas: {
    legend: "Células que uma planilha executaria como fórmula",
    guard: {
      title: "Torná-las inofensivas",
      meaning:
        "Um apóstrofo é posto antes do que começa uma fórmula (= + - @ e seus gêmeos). Números continuam números. O livro de códigos diz como tirá-lo de novo.",
    },
    keep: {
      title: "Deixá-las como estão",
      meaning: "Só para programas que leem o arquivo sem planilha.",
    },
  },
};
