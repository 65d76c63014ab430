/** Words that say what stands beside them, folded. Portuguese, Spanish and English together: notes mix them. */
export const CONTEXT_WORDS = {
  /** Behind them stands a name, whatever it looks like. */
  honorific:
    "dr dra drs dras fga fgo rev srta dna doctora doutor doutora sr sra srs sras srta dona dom don mr mrs ms miss mister prof profa enf enfa enfo",
  /** Behind them may stand a name. */
  introduction:
    "student aluno aluna estagiario estagiaria mujer husb hubby flatmate roommate coach driver mate uncle sobrina bisavo bisavos filhas mulheres cacula patrao patroa encarregado encarregada conselheiro conselheira procurador procuradora dentista educador educadora entrenador entrenadora fisio physio aide rep manager paciente pacientes pct pcte pte patient mom mum mama mommy dad daddy grandma grandpa granddad stepdad stepmom stepfather stepmother stepson stepdaughter spouse fiance fiancee girlfriend boyfriend carer dtr gdtr doula kids grandkids parents siblings twin boss teacher pastor deacon chaplain rabbi padre irmas irmaos tios avos vovo pais netos noivo noiva sogros bisneta bisneto madrinha padrinho comadre compadre gemelar motorista instrumentador instrumentadora operador operadora consultora diretor diretora coordenador coordenadora supervisor supervisora conductor matrona cuidadores hermanos hermanas hijos hijas abuelos tia tios suegros yerno nuera novio novia primo prima ahijado mae pai genitora genitor filho filha filhos irmao irma avo tio tia sobrinho sobrinha neto neta cunhado cunhada genro nora sogro sogra primo prima esposa esposo marido mulher companheiro companheira namorado namorada acompanhante cuidador cuidadora responsavel vizinho vizinha amigo amiga madrasta padrasto enteado enteada nome chamado chamada madre padre hijo hija hermano hermana abuelo abuela nieto nieta esposo marido pareja acompanante vecino vecina cunado suegra suegro nombre llamado llamada mother father son daughter brother sister wife husband partner aunt uncle cousin nephew niece grandson granddaughter grandmother grandfather caregiver guardian neighbor friend name named assinado assinatura ass signed signature firmado firma professor professora",
  /** Work in the house: a name may stand behind them, and they are never part of one. */
  role: "circulante psiq recep nut condutor medico medica enfermeiro enfermeira enfermagem tecnico tecnica tec fisio fisioterapeuta nutri nutricionista psicologo psicologa psic fono fonoaudiologa farmaceutico farmaceutica residente interno interna adjuster counselor counsellor dietitian pathologist radiologist anesthesiologist psychologist surgeon midwife pharm paramedic medic ofc officer detective chaplain interpreter tech pcp acs preceptor preceptora plantonista diarista assistente cirurgiao cirurgia anestesista intensivista chefe auxiliar social nurse doctor physician surgeon resident intern attending fellow therapist pharmacist technician worker consultant enfermero medica cirujano guardia jefe responsavel paciente equipe plantao",
  /** With "por" or "by" behind them somebody is named. */
  deed: "avaliado avaliada visto vista examinado examinada atendido atendida acompanhado acompanhada assinado assinada realizado realizada prescrito prescrita discutido discutida conversado conversei falei contato evoluido solicitado transcrito comunicado informado liberado orientado valorado valorada visitado comentado atendida seen signed discussed evaluated examined reviewed dictated transcribed spoke talked accompanied performed assisted prescribed electronically",
  agent: "por pelo pela com by with con a ao to",
  particle: "da de do das dos di du del della la las los le van von der den ten e y",
  /** Nouns of which an eponym says the kind. */
  eponymHead:
    "doenca sindrome sinal sinais mal manobra escala escore classe classificacao teste testes sonda cateter cateteres tubo incisao fratura linfoma hernia ponto triade indice criterio criterios dreno valvula nodulo nodulos reflexo fenomeno anel doppler tumor sarcoma coreia paralisia tireoidite contratura diverticulo respiracao posicao sutura agulha fio mascara circulo corpusculo corpo corpos tetralogia anomalia operacao cirurgia tecnica formula equacao protocolo prova ulcera esofago pe enfermedad signo signos maniobra fractura linfoma clasificacion prueba reflejo fenomeno tumor triada respiracion operacion disease syndrome sign signs maneuver scale score class classification test catheter tube incision fracture lymphoma triad index criteria drain valve node nodes reflex phenomenon ring palsy chorea thyroiditis contracture diverticulum breathing position suture body bodies tetralogy anomaly procedure technique formula equation esophagus stage sarcoma dementia demencia bacilo bacillus bacteria virus esofagite glomerulonefrite anemia nefropatia",
  street:
    "rua avenida av avda travessa trav alameda rodovia estrada praca pca ladeira beco loteamento conjunto calle plaza paseo carretera",
  neighbourhood: "bairro barrio",
  /** Behind them stands a place. */
  origin:
    "born raised route moved relocated returned traveled travelled vem veio vieram viajou mudou voltou chegou vino viene viajo regreso procedente natural oriundo oriunda reside residente mora morador moradora proveniente vive originario originaria residing lives resident",
  phoneLabel:
    "bleep extension callback tel tels telefone telefones telefono fone fones celular cel whatsapp whats zap contato contatos ramal phone mobile cell ext movil pager bip fax",
  recordLabel: "chart prontuario pront registro reg mrn record records nhc historia matricula atendimento rh",
  identifierLabel:
    "pin passcode keysafe code codigo lic atestado senha subject autorizacao authorization gmc nmc ref reg case claim acc accession notificacao ocorrencia protocolo serie serial cadastro matr sinan cat plate placa medicare medicaid badge collar policy apolice cremers cremesp cremerj cremeb cremepe cremego cremec crmv crfa coffito processo boletim siape renach sip rpt cpf rg cns sus cnh crm coren crefito crn crp cro crf cress rqe cnpj pis pasep nis carteira carteirinha convenio dni nie nif nss cip curp rut ssn npi dea license passaporte pasaporte passport identidade aih cracha",
  /** Stand between a label and its number. */
  labelLink:
    "no n numero num nro nr number do da de del of hospitalar medico medical clinica sus cartao nacional ba sp rj mg pr rs sc pe ce df go es pa am ma pi rn pb al se to mt ms ro ac rr ap id",
  birth:
    "dn nasc nascimento nascido nascida nasceu natalicio aniversario born dob birth birthdate birthday nacimiento nacido nacida nacio fn fnac cumpleanos",
  /** Before a pair of numbers that is no date. */
  measure:
    "du dinamica hads mmse meem moca mini mental phq gad katz barthel braden morse audit psv sopro va vo spo pco pim pmax psi nihss rankin mrs frag pa pas pad tax ta bp dor eva escala score escore apgar glasgow gcs ecg forca nota grau graus visual acuidade av visao relacao proporcao fracao pontos ciclo ciclos dose doses dia d dpo po sessao sessoes fase pain strength rating scored motor force fuerza escala rass nivel pressao presion pressure versao version v titulo titulos",
  /** Behind numbers: what was counted or measured. */
  unit: "mg mcg ug g kg ml l dl ui u iu meq mmol mol mm cm m mmhg bpm irpm ipm rpm cmh kcal cal h hs hr hrs hora horas hours min minutos minutes seg s dia dias day days semana semanas weeks mes meses months ano anos years dose doses cp cps comprimido comprimidos tablets ampola ampolas amp gotas gts vezes times x vo ev iv im sc celulas cels cells celulas copias copies plaquetas platelets leucocitos hemacias campo ufc cfu ng pg fl mui mil milhoes milhao million sessoes ciclos pontos points fr ch gy mv ma khz hz passos",
  age: "anos a ano year years yr yrs yo y aa anios",
  ageLabel: "idade age aged edad",
  digitWord:
    "zero um uma dois tres quatro cinco seis meia sete oito nove one two three four five six seven eight nine oh double triple cero uno dos cuatro siete ocho nueve",
  month:
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro enero febrero marzo mayo junio julio septiembre setiembre octubre noviembre diciembre january february march april may june july august september october november december jan fev feb mar abr apr mai jun jul ago aug set sep sept out oct nov dez dec dic ene",
  /** Behind them stands the name of a house. */
  institution:
    "grafica ceramica autobuses nursery church mosque parish paroquia capela padaria supermercado oficina loja restaurante estaleiro usina cooperativa sindicato transportadora petroquimica siderurgica mineradora frigorifico calcados academia povoado assentamento quilombo aldeia panaderia taller tienda hospital hosp clinica colegio creche escola laboratorio lab funeraria posto psf esf ubs caps upa asilo lar faculdade universidade instituto igreja empresa construtora metalurgica prefeitura farmacia school employer pharmacy university ceip ies residencia iglesia fabrica abrigo orfanato hotel pousada fazenda presidio",
  /** Before them stands the name of a house. */
  institutionEnd:
    "sons bros lodge manor diner garage bakery cafe salon library cemetery nursery mills farm farms works grill factory brewery nails trucking ltda ltd llc inc plc eireli gmbh elementary academy pharmacy drugs clinic hospital infirmary hospice inn church university college bank practice surgery distillery mortuary primary hs roofing plumbing foods motors logistics hotel school rehab memorial",
  webHead: "http https ftp www",
  webEnd: "es uk pt eu us mx ar cl com org net gov edu br info io app me",
} as const;
