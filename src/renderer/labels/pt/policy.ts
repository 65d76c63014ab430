import type { Labels } from "../en/index.ts";

/** What the standard names itself stays in English, as the standard has it. */
export const policy: Labels["policy"] = {
  identified: {
    title: "Com nomes, como os dados vieram",
    term: "Nenhum perfil aplicado: os bytes são os da fonte",
    meaning: "Nada é alterado. Cada nome, número e data sai como está nos arquivos.",
    risk: "Quem recebe o pacote sabe quem é o paciente. Entregue-o só a quem pode saber.",
  },
  pseudonymised: {
    title: "Pseudonimizado",
    term: "PS3.15 Annex E, Basic Application Level Confidentiality Profile",
    meaning:
      "Nomes, números e tudo o mais que a norma lista como identificador são removidos ou substituídos, em todos os níveis do arquivo. O mesmo paciente recebe sempre o mesmo pseudônimo, enquanto for usada a mesma chave do projeto.",
    risk: "As imagens em si não são alteradas: um rosto pode ser reconstruído a partir de TC e RM de crânio, e texto gravado na imagem não é encontrado, a menos que o arquivo o anuncie. Quem tem a chave do projeto pode dizer quem está por trás de um pseudônimo.",
  },
  key: {
    title: "Chave do projeto",
    meaning:
      "Um segredo do qual são derivados os pseudônimos, os novos identificadores e os deslocamentos de datas. Use a mesma chave para o mesmo projeto de pesquisa, e os pacientes mantêm seus pseudônimos de uma exportação para outra, também em outra máquina. Duas chaves não têm nada em comum.",
    risk: "Quem tem a chave pode calcular qual pseudônimo pertence a qual paciente. Guarde-a neste espaço de trabalho, e uma cópia dela em lugar seguro (Configurações, Chaves de projeto).",
  },
  dates: {
    title: "Datas",
    removed: {
      title: "Remover todas as datas",
      term: "Basic Profile, no longitudinal option",
      meaning:
        "Datas e horários são retirados, ou substituídos por inventados onde a norma exige uma data. Não se sabe mais quando foram os exames, nem o intervalo entre eles.",
      risk: "É o que deixa o mínimo para reconhecer alguém.",
    },
  },
  options: {
    "modified-dates": {
      title: "Deslocar datas",
      term: "Retain Longitudinal Temporal Information with Modified Dates",
      meaning:
        "Todas as datas de um paciente se movem pelo mesmo número de dias, diferente de paciente para paciente. O tempo entre dois exames continua certo; as horas do dia ficam.",
      risk: "Um ritmo incomum de exames pode apontar para uma pessoa que se sabe que o tem.",
    },
    "full-dates": {
      title: "Manter as datas reais",
      term: "Retain Longitudinal Temporal Information with Full Dates",
      meaning: "As datas e os horários dos exames saem como estão.",
      risk: "Quem sabe em que dia alguém foi examinado pode encontrar essa pessoa.",
    },
    "clean-descriptors": {
      title: "Manter descrições limpas",
      term: "Clean Descriptors",
      meaning:
        "Das descrições de estudo, de série e outras, só ficam palavras de anatomia e técnica (“TC tórax com contraste”). Sem isso, as descrições são removidas por inteiro.",
      risk: "Uma palavra de anatomia que é também o nome de alguém fica, a menos que o próprio arquivo a dê como nome.",
    },
    "retain-patient-characteristics": {
      title: "Manter idade, sexo, altura e peso",
      term: "Retain Patient Characteristics",
      meaning: "Idade (90 ou mais como 90), sexo, altura, peso, tabagismo e fatos semelhantes são mantidos.",
      risk: "Junto com outros conhecimentos, uma combinação rara pode apontar para uma só pessoa.",
    },
    "retain-uids": {
      title: "Manter os identificadores originais de estudos e imagens",
      term: "Retain UIDs",
      meaning:
        "Os UIDs de estudo, série e instância saem como estão, para que os resultados possam ser relacionados aos originais. Sem isso, novos são derivados da chave do projeto.",
      risk: "Quem tem acesso ao arquivo de imagens pode procurar o paciente por esses números.",
    },
    "retain-device": {
      title: "Manter qual equipamento fez as imagens",
      term: "Retain Device Identity",
      meaning: "Números de série, nomes de estações e nomes de sistemas são mantidos.",
      risk: "Eles dizem onde o paciente foi examinado.",
    },
    "retain-institution": {
      title: "Manter o nome do hospital",
      term: "Retain Institution Identity",
      meaning: "Nomes, setores e endereços de instituições são mantidos.",
      risk: "Eles dizem onde o paciente foi examinado.",
    },
    "clean-graphics": {
      title: "Manter regiões de interesse marcadas",
      term: "Clean Graphics",
      meaning:
        "As sobreposições (overlays) que marcam uma região de interesse são mantidas. As que desenham texto ou gráficos, seus rótulos e as curvas são removidas, como são todas as sobreposições sem esta opção.",
      risk: "O contorno de uma região diz o que alguém observou.",
    },
    "retain-safe-private": {
      title: "Manter dados técnicos do fabricante que a norma chama de seguros",
      term: "Retain Safe Private",
      meaning:
        "Os elementos privados que a própria norma lista como livres de identidade são mantidos; todos os outros elementos privados são removidos.",
      risk: "A lista é a da norma: o que um fabricante realmente escreve ali não é examinado além da varredura de vazamentos.",
    },
  },
  held: {
    title: "Objetos que não podem ser limpos",
    term: "Retidos: por exemplo structured reports, secondary captures, encapsulated documents",
    meaning:
      "Alguns objetos podem mostrar nomes de um modo que nenhuma regra consegue limpar: laudos em texto livre, telas capturadas, páginas digitalizadas, fotografias. Eles são retidos, e o pacote diz quantos e por quê.",
    risk: "Se você os liberar, podem sair nomes com eles. Olhe cada um você mesmo antes de entregar o pacote.",
  },
};
