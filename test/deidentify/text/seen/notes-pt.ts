/** Notes of three invented Brazilian hospitals. What is marked how is told in ../corpus/read-corpus.ts. */
export const PORTUGUESE = [
  String.raw`staff: Heloísa Tavares Quintanilha; Ubirajara Menescal; Thaís Yumi Nakashima; Frederico Zanatta; Marinalva dos Anjos Pita; Kleber Guimarães Sodré; Ivo Schlindwein; Raíssa Câmara Torquato
wards: Clínica Médica 2 Norte; Unidade Coronariana; Maternidade Ala Rosa; Pronto-Socorro Adulto; Ortopedia 4A
places: Hospital Regional Deputado Jandir Falcão; Santa Casa de Misericórdia de Pedra Lavrada; UBS Parque Ipê; Pedra Lavrada
=== held-pt-01
name: Terezinha de Jesus Brandão
born: 1951-04-22
records: 0045218-7
identifiers: healthcard 704 6021 8834 5519; phone (83) 98814-2207; relative Gilvan Brandão

EVOLUÇÃO CM2N - 3º DIH
Pcte [[patient-name|Terezinha J. Brandao]], 72a, pront. [[record-number|45218-7]], CNS [[identifier|704602188345519]], HAS, DM2, ICFEr (FE 32%). Melhora da dispneia, BH -1.200. PA 110x70 FC 78 SpO2 95% aa. MV+ com EC em bases. Edema 2+/4+. Cr 1,4 (1,8) K 4,9 BNP 1.220. Furo 40 EV 8/8, carvedilol 6,25. Filho [[person-name|Gilvan]] ciente, cel [[phone|83 98814 2207]]. Alta prevista p/ [[date?|14/3]]. [[staff-name|Raissa Torquato]] R2 / [[staff-name|Zanatta]]
=== held-pt-02
name: Wanderley Koslowski
born: 1968-09-03
records: 771.204
identifiers: relative Marlise Koslowski

ORTOP 4A  PO2 DHS FÊMUR E. [[patient-name|WANDERLEI KOSLOWSKI]] REFERE DOR 4/10. CURATIVO LIMPO, NEUROVASC OK. HB 9,1. CLEXANE 40, DIPIRONA 1G 6/6, TRAMAL SN. FISIO: SENTAR FORA DO LEITO. ESPOSA [[person-name|MARLISE]] ACOMPANHA. RX CONTROLE [[date?|22.08.2023]]. DISCUTIDO C/ DR [[staff-name|UBIRAJARA]]. TRAZIDO PELO SAMU DE [[place|PEDRA LAVRADA]] APÓS QUEDA DE LAJE. [[staff-name|IVO SCHLINDWEIN]] CRM-PB [[identifier?|14208]]
=== held-pt-03
name: Cauã Nascimento Pataxó
born: 2016-01-30
records: 90133
identifiers: relative Jaciara Nascimento

Ped/PS. [[patient-name|Cauã]], 7a, DN [[birth-date|30/01/16]], trazido pela mãe [[person-name|Jaciara]] com febre 39,2 há 3 d + odinofagia. Pai ([[person-name?|Aderbal]]) tb gripado. Exantema em lixa, sinal de Pastia +, Filatov +. Dx escarlatina. Penicilina benzatina 600.000 UI IM dose única. Peso 23,4 kg. Volta à [[place|UBS Pq Ipe]] em 48h com a ACS [[person-name?|Neide]]. Dra. [[staff-name|Thais Nakashima]]
=== held-pt-04
name: Sebastião Amâncio Frota
born: 1929-12-08
records: 12-88
identifiers: fiscal-number 118.402.993-07; address Rua Coronel Estevam, 212, Bairro do Rosário

Sr [[patient-name|Sebastiao Amancio]], [[age?|93]] anos, Alzheimer CDR3, ITU + delirium hipoativo. CPF [[identifier|11840299307]]. End.: [[address|R. Cel. Estevam 212, B. do Rosario]]. Urocultura E. coli ESBL, meropenem D4/10. Glasgow 13. Creat 2,1. Reunião familiar c/ filhas [[person-name?|Socorro]] e [[person-name?|Zuleide Frota]] - optam por não IOT. Paliativo acompanha ([[staff-name|Helo Quintanilha]]). Família pede visita do Pe. [[person-name?|Olavo]] da [[place?|Matriz de São Brás]].
=== held-pt-05
name: Priscilla Andreoli Matsumoto
born: 1994-06-17
records: 300418
identifiers: relative Rodolfo Matsumoto

Maternidade. [[patient-name|Priscila A. Matsumoto]], G2P1A0, IG 39s2d, BR íntegra, colo 6 cm, DU 3/10/40. BCF 144. GBS neg. Indicado partograma. 04h10 parto normal, RN masc 3.320 g Apgar 8/9, será chamado [[person-name?|Theo]]. Lac. grau I suturada catgut. Ocitocina 10 UI IM. Acompanhante: marido [[person-name|Rodolfo Matsumoto]]. Manobra de Kristeller não realizada. EO [[staff-name|Marinalva Pita]] / Dr. [[staff-name|Kléber]]. Tipagem A neg, fazer anti-D.
=== held-pt-06
name: Natalino Rosa da Cruz
born: 1957-12-25
records: 5510
identifiers: phone (83) 3371-4090; relative Ivonete da Cruz Vidal

[[ward|U. Coronariana]] L07. IAMCSST inf, Killip II, ATC primária CD (stent 3,0x24). Seu [[patient-name|Natalino]] sem dor. Trop 12.400 em queda. ECO: FE 48, hipocinesia inf. AAS 100, ticagrelor 90 12/12, atorva 80. Cruzes nos pés ++ (edema). Tel casa [[phone|3371 4090]] falar com nora [[person-name|Ivonete]]. Cate feito no [[place|Hosp. Jandir Falcão]] pelo [[staff-name|Fred Zanatta]] em [[date?|3 de junho]]. [[patient-name|N. R. C.]] orientado a cessar tabagismo.
=== held-pt-07
name: Maria das Dores Oliveira
born: 1962-11-02
records: 61.002-9
identifiers: relative Maria do Carmo Oliveira

ADMISSÃO PSA 23:40. [[patient-name|Mª das Dores]], 61 anos, lavradora, queixa de dores em HD há 12h, Murphy +. Dores pioram após alimentação. USG: vesícula com cálculos, parede 6 mm. Leuco 16.800 PCR 188. BT 2,1. Ceftriaxona + metronidazol, jejum, avaliação cir. Alergia a dipirona. Comunicada a irmã [[person-name|Maria do Carmo]] ([[phone?|83 9 8120-3345]]). [[staff-name|Sodré]], plantonista; passo para [[staff-name|Yumi]] às 7h.
=== held-pt-08
name: Ezequiel Barros Lins
born: 1980-07-19
records: 44.781
identifiers: relative Daiane Pessoa Lins

TC crânio [[date?|2023-10-05]]: HSA Fisher III. Pte [[patient-name|Ezequiel B. Lins]], hunt-hess 2, angio: aneurisma ACoA 6mm. Regulação aceita p/ neuro em [[place?|Campina Verde]], senha [[identifier?|RG-2023-77412]], médico regulador Dr. [[person-name?|Alcebíades]]. Nimodipino 60 4/4h. Levado pela USA 02. Pertences (celular, RG) com a companheira [[person-name|Daiane]]. [[staff-name|K. Sodré]]. OBS: irmão [[person-name?|Ezequias]] teve aneurisma aos 38.
=== held-pt-09
name: Aurora Bittencourt Salles
born: 1948-03-11
records: 7-004

Nefro: D. [[patient-name|Aurora]] DRC V em HD 3x/sem (ter/qui/sáb) por FAV E. KtV 1,3. Hb 10,2, ferritina 410, PTH 622, P 6,1. EPO 4000 3x. Sevelamer 800 2 cp às refeições. Acorda antes da aurora para transporte da prefeitura de [[place?|Sossego do Brejo]], motorista [[person-name?|Tonho]]. Dr. [[staff-name|Schlindwein]] ajusta peso seco 58,5. Próx. coleta [[date?|07/nov]]. Falar c/ assist. social [[person-name?|Edinalva Couto]].
=== held-pt-10
name: João Gualberto Pimentel Sá
born: 1975-05-05
records: 1.200.334

Psiquiatria interconsulta. Paciente [[patient-name|João G. P. Sá]] 48a, TUA grave, CIWA 17, tremor, alucinações visuais. Último etílico há 36 h. Diazepam 10 VO h/h, tiamina 300 EV. Sem Wernicke/Korsakoff. Separado de [[person-name?|Rosilda]], mora com tio [[person-name?|Zé Bento]]. Já fez CAPS ad em [[place|Pedra Lavrada]]. [[patient-name|Joao Gualberto]] aceita internação. [[staff-name|Heloisa T. Quin-
tanilha]], psiquiatra.`,
  String.raw`staff: Jussara Bordin Fontanella; Anselmo Kuhnen; Cíntia Rangel Abdalla; Otacílio Pereira Gondim; Yasmin El-Khoury; Marcelo Flores da Rosa; Dulcinéia Tomé; Geovani Weschenfelder
wards: UTI Geral 1; Enfermaria São Lucas; Oncologia Dia; Bloco Cirúrgico; Unidade de AVC
places: Hospital Universitário Alfredo Zimmermann; Linha Bonita; ESF Morro Alto; Hospital Nossa Senhora da Saúde
=== held-pt-11
name: Ivone Teresinha Dallagnol
born: 1959-02-14
records: 2023-00871
identifiers: email ivone.dallagnol@correiosul.com.br; city Linha Bonita; relative Camila Dallagnol Rech

Onco dia - C4 de 6 TC. [[patient-name|Ivone Dal Agnol]], ca mama E CDI RE+ HER2-. ECOG 1. N 1.820, plaq 201 mil. Libero paclitaxel 175 mg/m2 + carbo AUC5. Náusea G1, neuropatia G1. Email p/ envio de exames [[email|ivone.dallagnol@correiosul.com.br]]. Natural de [[place|Linha Bonita]]. Filha [[person-name|Camila Dallagnol Rech]] farmacêutica. Próx ciclo [[date?|11/12/2023]]. [[staff-name|Jussara B. Fontanella]] CRM [[identifier?|27.119]]
=== held-pt-12
name: Dorvalino Schmitz
born: 1946-08-28
records: 88.104
identifiers: relative Lourdes Schmitz

UTI G1 leito 5 D9 VM. [[patient-name|Dorvalino Schimitz]], SDRA por influenza A, PF 142, PEEP 12, prona 2a sessão. Noradrenalina 0,22. Sedação midazolam+fentanil RASS -4. Lac 2,4. Dialise CVVHD. Fam. informada: esposa [[person-name|Lourdes]], genro [[person-name?|Clécio]]. Traqueo pelo [[staff-name|Weschenfelder]] amanhã. CVC VJI D de [[date?|19/07]]. Plantão noturno [[staff-name|Yasmin El Khoury]].
=== held-pt-13
name: Rosa Branca Pinheiro Lopes
born: 1972-10-10
records: 41-09-3
identifiers: relative Branca Pinheiro Lopes

Enf. [[ward|São Lucas]]. Trombose venosa profunda MIE. [[patient-name|Rosa Pinheiro]] em uso de ACO. Homans +. Dímero 4.200. Doppler fem-poplíteo. Enoxa 1 mg/kg 12/12. Lesão rosa em perna, sem flutuação. Toma chá de folha de pinheiro. Mãe ([[person-name|Branca Lopes]]) teve TEP. Trabalha no [[place?|Mercado Bom Preço da Vila]]. HD: TVP provocada. [[staff-name|Dulcineia]] (enf) e [[staff-name|M. Flores]] avaliaram. Investigar fator V Leiden.
=== held-pt-14
name: Nicanor Augusto Wille
born: 1934-01-06
records: 7719-0

AVC isq ACM D, NIHSS 14 -> 6 pós rtPA, delta 2h10. [[patient-name|Nicanor Wile]] 89a. TC sem sangramento 24h. PA <180. Disfagia FOIS 4. Babinski E. FA no holter: apixabana D7. Carotidas sem estenose. Cuidadora [[person-name?|Jurema]] relata início 08:20 em casa, [[address?|Rod. SC 114 km 8, Cerro Pelado]]. Sobrinho [[person-name?|Édson Wille]] tel [[phone?|(49) 9 9982.1145]]. Neuro: [[staff-name|Kuhnen]]. [[ward|U-AVC]] 3.
=== held-pt-15
name: Kauany Vitória Stremel
born: 2005-05-29
records: 156620
identifiers: national-id 7.118.402; relative Leocadia Stremel

PS: [[patient-name|kauany v. stremel]] 18a, rg [[identifier|7118402]], intox exógena intencional: 20 cp amitriptilina 25 + 10 clonaz 2, há 3h. Glasgow 12, QRS 118 -> bic 1 mEq/kg, carvão 50 g. Ligado CIATox [[phone?|0800 643 5252]] (falou c/ plantonista [[person-name?|Murilo]]). Briga com namorado [[person-name?|Wesley]]. Avó [[person-name|Leocádia]] responsável. Notificada SINAN [[identifier?|4471-23]]. Dra [[staff-name|Cíntia]]
=== held-pt-16
name: Arlindo Machado Porto
born: 1963-07-07
records: 60.77

Cirurgia: herniorrafia inguinal D a Lichtenstein sob raqui. Pcte: [[patient-name|Arlindo Machado]]. Cirurgião: [[staff-name|Otacílio Gondim]]; 1º aux [[staff-name|Geovani]]; anest. Dra [[person-name?|Leila Sbardelotto]]; instr. [[person-name?|Cleusa]]. Sem intercorr. Sangramento mínimo. Cefazolina 2 g. Acidente prévio com machado em mão E. Alta sex [[date?|17/11]] e retirar pontos na [[place|ESF Morro Alto]]. Atestado 14 d, empresa [[place?|Frigorífico Três Passos]].
=== held-pt-17
name: Zulmira Antunes Kaingang
born: 1931-04-01
records: 3

Visita médica. [[patient-name|Zulmira]] [[age?|92]]a, IC + DPOC, CF IV. Em morfina 2 mg SC 4/4, O2 2 L. Conforto. Bisneta [[person-name?|Iracema]] traduz. Cacique [[person-name?|Valdir Antunes]] e agente AIS [[person-name?|Nilda]] vieram da [[place?|TI Rio das Cinzas]]. Não coletar exames. Óbito esperado. Dr [[staff-name|Marcelo Rosa]]. D.O. n. [[identifier?|33180274-5]] reservada.
=== held-pt-18
name: Alessandro Pires Boeno
born: 1987-09-23
records: 50.500-1

TB pulmonar BAAR 3+, TRM sens. R. [[patient-name|Alessandro Boeno]], HIV CD4 88, CV 340 mil. RHZE 4 cp. Iniciar DTG em 2 sem. Isolamento respiratório. Ex detento do [[place?|Presídio de Vale Fundo]], saiu em [[date?|jan/2023]]. Contactantes: [[person-name?|Jeferson]], [[person-name?|Tainá]] e a criança [[person-name?|Enzo]] (3a). Transf. do [[place|N Sra da Saúde]] com [[staff-name|Abdalla]]. Mantoux no filho. Hep C neg.
=== held-pt-19
name: Benvinda Correia Lemos
born: 1940-06-30
records: 8118
identifiers: phone (49) 3522-8817

Alta hosp. Pcte [[patient-name|Benvinda C. Lemos]] int. [[date?|02/05/23]] a [[date?|09/05/23]] por PNM com. Usou ceftri+azitro. CURB 2. Retorno amb 30 d. Bem-vinda a ligar p/ ambulatório r. [[phone?|2214]]. Contato da família: [[phone|49 3522.8817]]. Rx: amoxi-clav 875 12/12 5d, prednisona 20. Vacinar pneumo 13. [[staff-name|Ansel-
mo Kuhnen]]
=== held-pt-20
name: Luiz Inácio Prestes Barreto
born: 1955-12-12
records: 99.210

Endoscopia [[date?|12-01-2024]]. Paciente: [[patient-name|Barreto, Luiz Inácio Prestes]]. Ind: melena. Achados: úlcera bulbar Forrest IIa, adrenalina + clip. Sakita A1. H. pylori: urease +. HDA no passado ([[place?|Hospital da Lapa Velha]], 2019). Tto: omeprazol 80 bolus + 8 mg/h. Transf. 2 CH. Hb 6,8 -> 8,4. [[patient-name|Luis Inacio]] nega AINE. Rep. dieta amanhã. Exec.: [[staff-name|J. Fontanella]] Tec: [[person-name?|Rudinei]].`,
  String.raw`staff: Walkíria Penha Lustosa; Abdias Sarmento; Mônica Xerente Alves; Sílvio Takeda; Graça Maria Pontual; Breno Uchôa Cals; Lidiane Frazão; Hermógenes Brito
wards: Clínica Pediátrica; Semi-Intensiva; Queimados; Ala C Masculina; Hemodiálise
places: Hospital Geral Barão de Tocantinópolis; HGBT; Porto Esperança; Posto de Saúde Vila Cearense
=== held-pt-21
name: Raimundo Nonato Cardeal
born: 1966-08-31
records: 020.771
identifiers: healthcard 898 0031 2277 4106; relative Francinete Cardeal

[[ward|Ala C Masc]] L12 - [[patient-name|RAIMUNDO]]... [[patient-name|Nonato]] c/ malária vivax, Tº 38,8 calafrio. Plaq 61 mil, BT 3,2. Cloroquina + primaquina (G6PD nl). Cartão SUS [[identifier|898.0031.2277.4106]]. Garimpo rio acima, barco do [[person-name?|Chico Preto]]. Esposa [[person-name|Francinete]] em [[place|Porto Esperança]]. Visto por [[staff-name|Breno Cals]] e [[staff-name|Frazao]]. Gota espessa D3 em [[date?|28.09]].
=== held-pt-22
name: Iasmim Karajá Wahuka
born: 2022-11-15
records: 7-1180
identifiers: relative Berixá Karajá

Clín. Ped. Lact [[patient-name|Iasmin Karaja]], 9m, 7,1 kg, bronquiolite VSR+, Wood-Downes 6. CNAF 12 L FiO2 40. Mãe [[person-name|Berixa]], não fala port. Dieta SOG 90 ml 3/3. Hidratação Holliday 80%. Afebril 24h. Tia [[person-name?|Marcilene]] reveza. CASAI [[phone?|(63) 3224-1107]]. Mandado foto p/ DSEI. [[staff-name|Mônica Xerente]]. DN [[birth-date|15 de novembro de 2022]].
=== held-pt-23
name: Valdeci Carneiro Leitão
born: 1978-02-02
records: 440-2

QUEIMADOS: SCQ 28% 2º/3º, álcool. [[patient-name|VALDECI CARNEIRO LEITAO]] 45A. PARKLAND 4X72X28. DIURESE 0,8. DESBRIDAMENTO [[date?|04/04]] C/ [[staff-name|TAKEDA]]. SULFADIAZINA DE PRATA. COME CARNEIRO E LEITÃO, ORIENTADA DIETA HIPERPROT. KETAMINA NO BANHO. CURLING PROFILAXIA OMEPRAZOL. AGRESSOR SERIA O CUNHADO [[person-name?|GENIVALDO]], BO [[identifier?|118/2023-7DP]]. ASSIST SOCIAL [[person-name?|KÁTIA]].
=== held-pt-24
name: Perpétua Socorro Malveira
born: 1944-06-27
records: 31.31
identifiers: relative Ruan Malveira Dias

hemodialise 3a turno. [[patient-name|Perpetua Malveira]] hipotensa 80x40 na 2a hora, SF 200, cãibra. PMD 1,2 kg. Cateter permcath VJD, óstio limpo. Socorro imediato efetuado pela tec [[person-name?|Cilene]]. Hb 8,9. Vanco pós HD 1 g. HMC pend de [[date?|15/2]]. Mora na [[address?|Trav. do Cajueiro, 18-B, Vila Cearense]] com neto [[person-name|Ruan]]. Nefro: [[staff-name|Walkiria]]. Glic 182.
=== held-pt-25
name: Deusdete Maranhão Filho
born: 1952-10-24
records: 17.554-3

[[patient-name|Deusdeth Maranhão Fº]], pront [[record-number|175543]]. Marca-passo definitivo DDD por BAVT, sem Stokes-Adams desde então. Loja limpa. RX sem pnx. Limiar 0,6 V. Nasceu no Maranhão, mora em [[place|P. Esperança]]. Alta c/ cartão do MP série [[identifier?|PJ-4490127]]. Controle em 30 dias ([[date?|12/10]]). Cardiol [[staff-name|Hermógenes]]. Filho [[person-name?|Deusdete Neto]] levou. Assinado: [[staff-name|H. Brito]] crm to [[identifier?|3304]]
=== held-pt-26
name: Gleiciane Pacheco Moura
born: 1999-03-03
records: 6600
identifiers: relative Raimunda Pacheco

Semi: pré-eclâmpsia grave, 33s. [[patient-name|Gleice]] PA 170x110, cefaleia, escotomas. Zuspan MgSO4 4 g + 1 g/h. Hidralazina 5 EV. Plaq 92, TGO 188, LDH 710 - HELLP parcial. Betametasona 12. Cesárea indicada por Dra [[staff-name|Graça]] e [[staff-name|Abdias]]. Sogra D. [[person-name|Raimunda]] acomp. RN p/ [[place?|Maternidade Bom Parto]] (vaga c/ Enf [[person-name?|Suely]], ramal [[phone?|4031]]).
=== held-pt-27
name: Vicente Ferrer Gadelha
born: 1938-04-05
records: 1009

Parecer Uro. [[patient-name|Vicente F. Gadelha]], 85a, hematúria c/ coágulos, SVD 3 vias 22F irrigação. PSA 88. Próstata 90 g, Gleason 4+4 (biópsia [[date?|agosto/22]]). Cintilo: mets L3, bacia. Bicalutamida 50 + zoladex 10,8. Creat 3,3 hidronefrose bilat. Filho médico, Dr. [[person-name?|Vicente Jr]], pede transferência p/ [[place?|Clínica São Roque]]. Discut. [[staff-name|Silvio T.]] - nefrostomia. [[staff-name|Uchoa]]
=== held-pt-28
name: Eronildes Batista Guerra
born: 1970-01-20
records: 20.201

Leptospirose grave (Weil). Pct [[patient-name|Eronilde Guerra]] ictérico rubínico, creat 5,2, plaq 40, K 3,1. Hemoptise, PF 210. Penicilina 1,5 mi 6/6. HD diária. Enchente na [[address?|Rua da Vala, Qd 7 Lt 15]]. Vizinho Seu [[person-name?|Biu]] internado tb. Guerra contra ratos no bairro. Prof. contactado: agente [[person-name?|Paulo Roberto]] da vigilância [[email?|vigepi.portoesp@saude.exemplo.gov.br]]. [[staff-name|Walkiria P. Lustosa]], infecto.
=== held-pt-29
name: Hilda Sauer Monteiro
born: 1926-05-16
records: 11
identifiers: zip-code 77.500-118; relative Anelise Sauer

D. [[patient-name|Hilda]], [[age?|97]] anos, fratura colo fêmur Garden III. CEP [[address|77500118]]. ASA III. HAS, hipotir. Puran 75. Risco Lee 1. HPP aguarda prótese parcial (Thompson). Sobrinha-neta [[person-name|Anelise Sauer]] assina TCLE. Hb 10,8 INR 1,1. Jejum 00h. Bloqueio FIG. Gata da paciente está c/ vizinha [[person-name?|Cremilda]]. Dr. [[staff-name|Abdias Sarmemto]].
=== held-pt-30
name: Osmarina Lima Verde
born: 1965-07-01
records: 7.412

Reumato. LES, nefrite IV. [[patient-name|Osmarina L. Verde]] pulsoterapia 3/3, ciclofosfamida 1a dose [[date?|20mai23]]. C3 41, anti-DNA 1:640, P/C 4,1. Chá verde e lima suspensos. HCQ 400. Artrite Jaccoud. Raynaud. Prima [[person-name?|Dalva]] tb LES. Vacina no [[place|PS Vila Cearense]]. Ligar [[phone?|63-99241 7703]] p/ marcar. Encaminho ao [[place|HGBT]] ambulatório. [[staff-name|Lidi Frazão]]
=== held-pt-31
name: Teófilo Otoni Sampaio Neves
born: 1991-11-11
records: 300.3
identifiers: relative Maria da Conceicao Neves

TRAUMA: moto x poste, capacete. [[patient-name|Teofilo]] (identificado por CNH [[identifier?|04418829017]]), carona [[person-name?|Maicon]] óbito no local, BR 153 km 411. A-B-C ok, FAST + em Morrison, PA 90x60 -> laparo, esplenectomia. 4 CH 3 PFC, TXA 1 g. ISS 29. Mãe chegou 3h: [[person-name|Conceição Neves]]. Cir [[staff-name|Hermogenes Brto]], res. [[person-name?|Igor]]. UTI. Celular ([[phone?|63) 98455-1200]].
=== held-pt-32
name: Clara Luz Espíndola
born: 1983-08-08
records: 8.080

CERAD: [[patient-name|Clara Luz]] bem, sem queixas. Enxaqueca c/ aura, luz forte piora, secreção clara nasal. Topiramato 50, suma 50 SOS. RM nl feita ontem, [[date?|05/06]]. IMC 31. Marido [[person-name?|Aparecido]] desempregado. Aparecido quadro prévio em 2019. Dra [[staff-name|Lidiane]] férias: [[staff-name|Mônica X. Alves]] renova. Wpp [[phone?|+55 63 9 8401 2256]]. Encerrar. [[url?|https://agenda.neuroto.exemplo.br/clara-luz]]`,
];
