import type { Labels } from "../en/index.ts";
import { tableNotices } from "./table-notices.ts";

export const engine: Labels["engine"] = {
  tables: tableNotices,
  held: {
    "structured-report": "Relatórios estruturados contêm texto livre sobre o paciente.",
    "encapsulated-document": "Documentos encapsulados contêm páginas ou modelos feitos por outros programas.",
    "presentation-state": "Estados de apresentação contêm textos e desenhos sobrepostos às imagens.",
    "annotated-waveform": "A forma de onda traz anotações.",
    "burned-in-annotation": "Burned In Annotation diz que há texto dentro da imagem.",
    "secondary-capture": "Telas capturadas e folhas digitalizadas costumam trazer texto.",
    "screen-or-dose-sheet": "Pelo tipo da imagem ou pela descrição da série, é uma tela ou uma folha de dose.",
    "ultrasound-without-regions": "A imagem de ultrassom não diz onde termina a imagem e começa o texto.",
    endoscopy: "Imagens endoscópicas costumam trazer texto.",
    photograph: "Fotografias mostram as pessoas como qualquer um as vê.",
    "slide-label": "A imagem mostra a etiqueta de uma lâmina.",
    "overlay-in-pixel-data": "Há gráficos guardados em bits não usados dos dados de pixel.",
    "private-object": "O objeto é de um tipo privado ou desconhecido, para o qual não há desidentificação definida.",
    directory: "Um DICOMDIR descreve os arquivos da sua mídia; ele é feito de novo, não desidentificado.",
    "bytes-behind-pixels": "Os dados de pixel são maiores que a imagem: o que vem depois pode ser qualquer coisa.",
    inventory: "Um inventário lista os pacientes e os estudos de um arquivo.",
  },
  findings: {
    NOT_A_PACKAGE: "Isto não é um pacote do Satchel",
    CUT: "Falta o final",
    TRAILING_BYTES: "Há algo depois do fim do arquivo ZIP",
    GAP: "Há bytes que não pertencem a nenhum arquivo",
    OVERLAP: "Dois arquivos ocupam os mesmos bytes",
    HEADER_CHANGED: "O cabeçalho de um arquivo foi alterado",
    DIRECTORY_CHANGED: "A lista de arquivos no final foi alterada",
    UNSAFE_NAME: "Um nome que não é seguro extrair",
    DOUBLED: "Dois arquivos com o mesmo nome",
    MISSING: "Falta um arquivo",
    ADDED: "Há um arquivo que não consta em nenhuma lista",
    RENAMED: "Um arquivo foi renomeado",
    CONTENT_CHANGED: "O conteúdo não é o que foi gravado",
    BOMB: "Ao ser extraído, ocuparia muito mais do que diz",
    NOT_DICOM: "Um arquivo DICOM que não pode ser lido",
    MANIFEST: "O manifesto está danificado",
    RECEIPT: "O comprovante está danificado",
    RECEIPT_DISAGREES: "O comprovante não corresponde ao pacote",
  },
  notices: {
    identified: "Este pacote identifica o paciente pelo nome: tudo está como na fonte.",
    "pixel-data-unchanged":
      "Os dados de pixel não mudam: quem tem as imagens originais pode reencontrá-las, e rostos podem ser reconstruídos a partir de TC e RM de crânio.",
    "text-in-pictures":
      "Não se procura texto gravado dentro das imagens, e comentários dentro de imagens comprimidas não são removidos.",
    "project-key": "Quem tem a chave do projeto pode calcular qual pseudônimo pertence a qual paciente.",
    "retain-uids": "Os UIDs são os da fonte: quem tem acesso a ela pode encontrar o paciente por eles.",
    "retain-device":
      "Números de série e nomes de equipamentos e estações são mantidos: dizem onde o paciente foi examinado.",
    "retain-institution": "Nomes e endereços de instituições são mantidos: dizem onde o paciente foi examinado.",
    "retain-patient-characteristics":
      "Idade (90 anos ou mais como 90), sexo, altura, peso e semelhantes são mantidos: junto com outros conhecimentos podem identificar.",
    "full-dates": "Datas e horas são as da fonte: junto com outros conhecimentos podem identificar.",
    "modified-dates":
      "As datas são deslocadas por um número constante de dias para cada paciente e as horas não mudam: os intervalos entre exames são reais.",
    "clean-descriptors":
      "As descrições mantêm palavras de uma lista permitida de anatomia e técnica; uma palavra que também é nome fica, a não ser que o próprio arquivo a dê como nome.",
    "clean-graphics":
      "Overlays que marcam regiões de interesse são mantidos; overlays de gráficos, seus rótulos e curvas são removidos.",
    "retain-safe-private": "Os atributos privados da Tabela E.3.10-1 da PS3.15 são mantidos.",
    "held-included":
      "A pedido de quem exportou, foram incluídas instâncias que podem mostrar a identidade de um modo que a política não consegue limpar: olhe cada uma antes de entregá-las.",
    "analysis-values-dropped": "Valores de resultados de IA ficaram de fora: não foi possível mostrar que são seguros.",
  },
  analysisValuesDropped: (shown) =>
    `Resultados de IA: ${shown === "1" ? "1 valor ficou" : `${shown} valores ficaram`} de fora, pois não foi possível mostrar que são seguros.`,
  failure: (title, details) => `${title}. ${details}`,

  log: {
    madeOf: (made, packages) => `${made === "1" ? "feito" : "feitos"} ${made} de ${packages}`,
    planned: (packages, instances) => `Planejada: ${packages}, ${instances}.`,
    plannedResources: (resources, patients) => `Planejada: recursos FHIR: ${resources}; pacientes: ${patients}.`,
    plannedResourcesAnew: (resources, patients) =>
      `O catálogo mudou: planejada de novo, e o pacote recomeça. Recursos FHIR: ${resources}; pacientes: ${patients}.`,
    plannedRows: (rows, patients) => `Planejada: ${rows}; pacientes: ${patients}.`,
    plannedAnew: (rows, patients) =>
      `Os registros mudaram: planejada de novo, e o pacote começa de novo: ${rows}; pacientes: ${patients}.`,
    waiting: "Aguardando a vez.",
    waitingForSync: "Aguarda o fim de uma sincronização de registros.",
    started: "Iniciada.",
    resumed: "Retomada.",
    packageBegan: (name, number, of) => `Começou ${name} (${number} de ${of}).`,
    packageMade: (name, files) => `Feito ${name}; verificado: ${files}.`,
    packageIncomplete: (name, files) => `Feito ${name}; verificado: ${files}. Está incompleto.`,
    heldBack: (name, count, reason) => `${name}: ${count} ${count === "1" ? "retido" : "retidos"}: ${reason}`,
    withoutPreview: (name, count, reason) => `${name}: ${count} sem prévia: ${reason}`,
    notExported: (name, count, reason) =>
      `${name}: ${count} ${count === "1" ? "não exportado" : "não exportados"}: ${reason}`,
    paused: (made) => `Pausada; ${made}.`,
    pausedWaiting: "Pausada enquanto aguardava a vez.",
    pausedByError: (made) => `Pausada, pois não pôde continuar; ${made}.`,
    interrupted: (made) => `Interrompida, pois o Satchel está sendo fechado; ${made}.`,
    crashed: "Interrompida: o Satchel foi encerrado durante a execução.",
    cancelled: (made) => `Cancelada; ${made}, o que não estava concluído foi removido.`,
    givenUp: "Cancelada; o que não estava concluído foi removido.",
    failed: (made) => `Falhou; ${made}.`,
    ended: (made) => `Encerrada; ${made}.`,
    endedIncomplete: (made, incomplete) => `Encerrada; ${made}, incompletos: ${incomplete}.`,
    notResumed: "Não pôde ser retomada ao iniciar.",
    retries: (id) => `Faz de novo o que falhou na exportação ${id}.`,
    retried: (id) => `O que falhou é feito de novo pela exportação ${id}.`,
  },
};
