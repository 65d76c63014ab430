import type { Labels } from "../en/index.ts";

const CARE = "Manuseie com cuidado e não compartilhe com ninguém de fora do grupo de pesquisa autorizado.";
const TEXT_KEPT =
  "O texto das notas está como foi escrito: pode citar pacientes, familiares e funcionários e conter seus números, endereços e identificadores. Não está anonimizado.";
const traceable = (by: string): string =>
  `Este conjunto de dados pode ser reidentificado por pessoal autorizado: contém ${by}, que levam de volta aos registros do próprio hospital. ${CARE}`;

export const tableNotices: Labels["engine"]["tables"] = {
  notices: {
    "notes-with-record-numbers": traceable("números de prontuário"),
    "notes-with-live-ids": traceable("os identificadores reais de pacientes e notas"),
    "notes-with-both": traceable("números de prontuário e os identificadores reais de pacientes e notas"),
    "notes-as-written": `${TEXT_KEPT} ${CARE}`,
    "notes-pseudonymous": `Este conjunto de dados está pseudonimizado, não anônimo: ainda trata de pessoas individuais e, junto com outros conhecimentos, as linhas podem identificá-las. ${CARE}`,
    "text-kept": TEXT_KEPT,
    "text-scrubbed":
      "Nomes, números, endereços e datas foram substituídos no texto das notas por regras e pelo que o catálogo sabe de cada paciente. Isso reduz o risco; não é anonimização: algo pode ter passado despercebido, e o que se conta pode identificar alguém mesmo sem nome.",
    "note-times": "Datas e horas das notas são as da fonte: junto com outros conhecimentos podem identificar.",
    "exact-ages": "As idades são exatas, também acima de 89 anos: os pacientes mais velhos são poucos.",
    "status-of-now":
      "Situação e número de prontuário são os da última sincronização, não os de quando a nota foi escrita.",
    "deleted-patients-included": "Notas de pacientes excluídos na fonte foram incluídas a pedido de quem exportou.",
    "deleted-patients-left-out":
      "Notas de pacientes excluídos na fonte ficaram de fora, quando a fonte informa quem são.",
    "drafts-left-out": "Rascunhos e notas excluídas na fonte ficaram de fora, quando a fonte informa quais são.",
    "status-without-history":
      "De {notes} notas, {count} trazem a situação atual: a fonte não guarda o histórico desses pacientes.",
    "status-before-history":
      "De {notes} notas, {count} trazem a situação mais antiga conhecida: são anteriores ao histórico de seus pacientes.",
    "record-number-without-history":
      "De {notes} notas, {count} trazem o número de prontuário atual: a fonte não guarda o histórico dele.",
    "record-number-before-history":
      "De {notes} notas, {count} trazem o número de prontuário mais antigo conhecido: são anteriores a ele.",
    "ward-without-history":
      "De {notes} notas, {count} foram escolhidas pela enfermaria atual do paciente: a fonte não guarda o histórico dela.",
    "ward-before-history":
      "De {notes} notas, {count} foram escolhidas pela enfermaria mais antiga conhecida do paciente: são anteriores a ela.",
    "of-deleted-patients": "De {notes} notas, {count} são de pacientes excluídos na fonte.",
    "patients-joined":
      "Pacientes que constam em várias fontes com o mesmo identificador saem como um só: {count}. Se essas fontes atribuem identificadores próprios, são pessoas diferentes: cada fonte precisa então de um emissor próprio.",
    "source-not-read": "A última sincronização da fonte {name} não terminou: podem faltar linhas que a fonte contém.",
    "source-incomplete": "A última sincronização da fonte {name} não leu tudo: podem faltar linhas que a fonte contém.",
    "exams-identified": `Esta lista de exames cita pacientes: tudo está como na fonte. ${CARE}`,
    "exams-pseudonymous": `Esta lista de exames está pseudonimizada, não anônima: ainda trata de pessoas individuais e, junto com outros conhecimentos, as linhas podem identificá-las. ${CARE}`,
    "names-left-out":
      "Nomes de pacientes e médicos e datas de nascimento ficaram de fora; suas colunas existem e estão vazias. Idades acima de 89 anos aparecem como 90.",
    "rooms-kept": "Salas e equipamentos são mantidos: dizem onde o paciente foi examinado.",
    "descriptions-scrubbed":
      "Nomes, números e datas foram substituídos nas descrições por regras e pelo que o catálogo sabe de cada paciente. Isso reduz o risco; não é anonimização: algo pode ter passado despercebido.",
    "order-of-names": "As linhas estão na ordem dos nomes dos pacientes, o que diz algo sobre eles.",
    "without-check-in":
      "Ficaram de fora por não terem hora de chegada, sem a qual não se sabe se estão dentro dos dias pedidos: {count} exames.",
    "lone-surrogates":
      "Células de {column} com metades soltas de caracteres, que o UTF-8 não representa; no lugar de cada uma está U+FFFD: {count}.",
    "off-type":
      "Células de {column} que não puderam ser lidas no tipo da coluna; nelas está o texto da fonte: {count}.",
    "long-texts":
      "Os textos de {column} têm até {longest} caracteres. Planilhas os cortam sem avisar, o Excel em 32.767 e o LibreOffice em 65.535: leia este arquivo por programa.",
  },
  options: {
    "ids-live": "Identificadores reais de pacientes e notas",
    "ids-pseudonyms": "Identificadores como pseudônimos",
    "record-numbers-kept": "Números de prontuário mantidos",
    "record-numbers-pseudonyms": "Números de prontuário como pseudônimos",
    "record-numbers-dropped": "Números de prontuário de fora",
    "text-kept": "Texto como foi escrito",
    "text-scrubbed": "Nomes, números e datas substituídos no texto",
    "text-dropped": "Texto de fora",
    "ages-exact": "Idades exatas",
    "ages-joined": "Idades acima de 89 anos como 90",
    "as-of-note": "Situação e número de prontuário na data da nota",
    "as-of-now": "Situação e número de prontuário de agora",
    "statuses-english": "Situações em inglês",
    "statuses-source": "Situações nas palavras da fonte",
    "exams-identified": "Tudo como na fonte",
    "exam-names-dropped": "Nomes e datas de nascimento de fora",
    "exam-descriptions-scrubbed": "Nomes, números e datas substituídos nas descrições",
    "exam-dates-kept": "Datas mantidas",
  },
  scrubRules: "Regras da substituição",
};
