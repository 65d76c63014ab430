/** Notes of an invented hospital that writes Spanish. What is marked how is told in ../corpus/read-corpus.ts. */
export const SPANISH = [
  String.raw`staff: Begoña Urrutia Lasa; Rigoberto Cifuentes; Macarena Poblete; Eusebio Tordera; Nahir Quispe Mamani; Leandro Basualdo
wards: Medicina Interna 3B; Urgencias; Paritorio; Nefrología; Sala Ramón
places: Hospital Comarcal Sierra Blanca; Valdeoliva; Centro de Salud Los Olmos
=== held-es-01
name: Remedios Galván Ortuño
born: 1940-09-08
records: 118-227
identifiers: phone 957 220 418; national-id 29.884.110-K

MI 3B. Pcte [[patient-name|Remedios Galvan]] 83a, ICC desc, FA, ERC. Fura 40 iv/8h, BNP 3400. HC [[record-number|118227]], DNI [[identifier|29884110K]]. Ha probado remedios caseros. Hijo [[person-name?|Curro]] cuida, tfno [[phone|957220418]]. Cr 1,9 K 5,2. Alta [[date?|12 de nov]]. Vive en [[place|Valdeoliva]], [[address?|c/ Pozo Nuevo 3 2ºB]]. [[staff-name|Urrutia]].
=== held-es-02
name: Ángel Custodio Riquelme
born: 1974-03-19
records: 90-01

Urg: [[patient-name|Angel Riquelme]] dolor torácico típico, ECG ST+ V1-V4, código infarto, TNK no. Trop 1200. Angor previo. Lo trae su cuñado [[person-name?|Fermín]]. AAS 300, clopi 600. Hemod. [[place?|Hosp. Torre del Mar]] acepta Dra [[person-name?|Llorente]]. Exfumador. Killip I. Ambulancia [[identifier?|M-2217]]. [[staff-name|E. Tordera]] col. [[identifier?|28/44190]].
=== held-es-03
name: Wayra Condori Choque
born: 1998-08-06
records: 7.7
identifiers: relative Sixto Condori

Paritorio. [[patient-name|Wuayra Condori]], 25a, G1, 40+2, RPM 14 h, dil 7. RCTG N. Padre [[person-name|Sixto]] presente. Epidural 10:20. Forceps Kielland por [[staff-name|Cifuentes]], RN 3450 Apgar 9/10, [[person-name?|Illari]]. Chocolate permitido. Matrona [[staff-name|Maca Poblete]]. Madrina Doña [[person-name?|Justa]]. Hb 9,8 hierro iv. Control [[place|CS Los Olmos]] [[date?|22/9/23]].
=== held-es-04
name: Primitivo Salas Bravo
born: 1931-11-27
records: 3-4
identifiers: relative Encarnacion Salas

[[patient-name|PRIMITIVO SALAS]], [[age?|92]] AÑOS, NAC + INSUF RESP. [[ward|SALA RAMON]] CAMA 6. LEVOFLOX 500. SATO2 88 VMK 50. REFLEJOS PRIMITIVOS AUSENTES. FAMILIA BRAVA EN PASILLO. HIJA [[person-name|ENCARNACIÓN]] TFNO [[phone?|655 01 22 87]]. NO RCP. CAPELLÁN P. [[person-name?|ANSELMO]]. EXITUS PREVISIBLE. [[staff-name|NAHIR QUISPE]].
=== held-es-05
name: Lisandro Ezequiel Otamendi
born: 1985-05-14
records: 20-118

Nefro: [[patient-name|Lisandro Otamendi]] trasplante renal 2019, creat 2,4, rechazo? Biopsia Banff IIA [[date?|03-jul-2023]]. Metilpred 500x3. Tacro 6,1. BK neg. Donante: hermana [[person-name?|Milagros]]. Vive con [[person-name?|Guido]] en [[place?|Paraje El Tala]]. Dr. [[staff-name|Leandro Ba-
sualdo]]. Obra social nº [[identifier?|150-77120/01]]. Whats [[phone?|+54 9 2954 41-2207]].
=== held-es-06
name: Consuelo Paz Armendáriz
born: 1959-01-24
records: 5588

Paliat. [[patient-name|Consuelo P. Armendariz]], ca páncreas IV, EVA 3, morfina 10/4h, haloperidol. Sin consuelo por muerte de su esposo [[person-name?|Evaristo]]. Descansa en paz por la noche. CA19-9 8.200. Ascitis 3 L. Nieta [[person-name?|Paz]] enfermera en [[place?|Clínica Los Almendros]]. Whipple no viable. [[staff-name|Begona U. Lasa]] visita domic. [[date?|lunes 6]].
=== held-es-07
name: Iker Zubizarreta Goñi
born: 2012-02-20
records: 41
identifiers: relative Ainhoa Goñi

Ped. [[patient-name|Íker]] 11a, apendicitis, Blumberg +, leuc 17.300. F. nac. [[birth-date|20-2-12]]. Cx [[staff-name|Tordera]]/[[staff-name|Poblete]]. Amoxi-clav. Ama: [[person-name|Ainhoa Goñi]], aita [[person-name?|Koldo]]. Cole [[place?|Ikastola Haritz]]. Peso 38. Correo madre [[email?|ainhoa.g@buzon.example]]. Alergia: ninguna. Alta a [[place|Valdeoliva]].
=== held-es-08
name: Dolores Cabeza de Vaca
born: 1966-06-06
records: 66-6
identifiers: address Avenida de la Constitución 41

Neuro: [[patient-name|Lola Cabeza de Vaca]], cefalea, dolores de cabeza 15 d/mes, alodinia, topiramato 50. RM N. Lasègue neg. [[patient-name|Dolores]] trabaja en [[place?|Panadería Ruipérez]]. Dom. [[address|Avda Constitucion 41]]. Intolerancia leche de vaca. Derivada por Dr. [[person-name?|Paniagua]]. Botox [[date?|1er martes de marzo]]. Firmado: [[staff-name|R. Cifuentes]] MIR [[staff-name|Quispe]].`,
];
