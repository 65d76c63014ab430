/** Notes of two invented hospitals that write English. What is marked how is told in ../corpus/read-corpus.ts. */
export const ENGLISH = [
  String.raw`staff: Oluwaseun Adebisi; Harriet Cavanagh-Poole; Tomasz Wierzbicki; Ngozi Umeh; Gareth Pritchard; Sunita Bhattarai; Fiona McGlashan; Declan Twomey
wards: Thornbury Ward; Acute Medical Unit; Kestrel Suite; Coronary Care; Ward 7B
places: Marlow Vale General Hospital; St Cuthbert's Hospice; Aldermere; Birch Lane Surgery
=== held-en-01
name: Winifred Hollingbery
born: 1937-10-02
records: MV445210
identifiers: healthcard 943 476 5919; phone 01632 960417; relative Desmond Hollingbery

Post take WR Dr [[staff-name|Adebisi]]. [[patient-name|Winifred Hollingberry]] 85F, NHS [[identifier|9434765919]]. CAP, CURB65 3, R basal creps. Co-amox + clari. PMH AF, T2DM, OA. ECG AF 96. CRP 212 -> 140. Husband [[person-name|Des-
mond]] has mild dementia, dtr [[person-name?|Lorna]] NOK mob [[phone?|07700 900 331]]. Home ph [[phone|01632960417]]. DNACPR discussed. R/V 48h. GP [[place|Birch Ln Surgery]].
=== held-en-02
name: Kwabena Asante-Frimpong
born: 1971-06-19
records: MV880114
identifiers: relative Abena Asante-Frimpong

CCU rd. [[patient-name|Kwabena Asante Frimpong]], NSTEMI d2, trop 880, GRACE 148. Cath via R radial by [[staff-name|Wierzbicki]]: LAD 80%, DES x1. LVEF 45. Ticag/asp/biso 2.5/rami 2.5. TIMI 3 flow. Works nights at [[place?|Northgate Depot]]. Wife [[person-name|Abena]] worried re driving - DVLA 1/52. D/c Thurs [[date?|8th Feb]]. Cardiac rehab nurse [[staff-name|Fiona]] bleep [[phone?|4417]].
=== held-en-03
name: Rose Ann Field
born: 1949-05-30
records: MV 31-22
identifiers: address 14 Quarry Close, Aldermere; relative Alistair Field

PT/OT: [[patient-name|Rose]] rose from chair with AO1, mob 10m ZF. Lives [[address|14 Quarry Cl]], 12 stairs. Son [[person-name|Alistair]] does shopping. Wants to go back to field work w/ allotment. MMSE 24. Ann Arbor staging n/a. Berg 38. Plan: POC BD, key safe [[identifier?|2290]]. Refer [[place|Aldermere]] reablement, [[person-name?|Julie Hatherley]] coordinating. [[ward|Thornbury]]. [[staff-name|S. Bhattarai]] OT.
=== held-en-04
name: Mohammed Yusuf Rahmani
born: 1988-12-25
records: MV900077

ED minors. [[patient-name|Mohamed Rahmani]] 35M FOOSH L wrist, Colles', NVI. Haematoma block 10ml 1% lido, MUA, POP. XR ok. #clinic [[date?|27/12]]. Interpreter Dari [[person-name?|Farhad]] via phone ID [[identifier?|LL-20931]]. Brother [[person-name?|Yunus]] driving. Paracetamol/codeine 30. Seen [[staff-name|D. Twomey]] SHO d/w [[staff-name|Cavanagh]]. Address in [[place|Aldermere]] not confirmed.
=== held-en-05
name: Mavis Grace Batty
born: 1930-08-11
records: MV002
identifiers: relative Penelope Batty

[[patient-name|MAVIS BATTY]] [[age?|93]] YRS F. ADMITTED FROM [[place?|BRAMBLE COURT RH]] WITH DELIRIUM, UTI. 4AT 8. NO BATTY BEHAVIOUR TODAY. GRACE SCORE N/A. BLADDER SCAN 610, CATH 14CH RESID 700. TRIMETHOPRIM -> NITRO. NA 124. CARER [[person-name?|KAZ]] SAYS LAST OK SUN. NIECE [[person-name|PENELOPE BATTY]] LPA. FOR [[ward|WARD 7B]]. [[staff-name|MCGLASHAN]] F2 GMC [[identifier?|7744120]].
=== held-en-06
name: Siobhan O'Leary-Finch
born: 1996-01-14
records: MV661200
identifiers: email s.olearyfinch@postmail.example

Psych liaison: [[patient-name|Siobhán O’Leary Finch]], 28, OD 32 x paracetamol 500, staggered. NAC day 2, INR 1.4 ALT 312. King's criteria not met. Denies ongoing intent. Partner [[person-name?|Beth]] supportive, ex-[[person-name?|Callum]] has restraining order. Care co-ord [[person-name?|Tendai]], CMHT. Email safety plan to [[email|S.OLearyFinch@postmail.example]]. [[patient-name|Siobhan]] works in HR. [[staff-name|Ngozi U.]] RMN.
=== held-en-07
name: Thaddeus Okonjo
born: 1960-03-03
records: MV1212

Gastro: [[patient-name|T. Okonjo]] Child-Pugh C, MELD 24, Maddrey 41. Ascites tapped 6L, HAS. SAAG >11. No SBP. Terlipressin stopped - Na 128. OGD [[date?|3-Mar-24]]: gd 2 varices banded x4 (Prof [[staff-name|Pritchard]]). Alc liaison [[person-name?|Moira]] seen. Carvedilol 6.25. Sister [[person-name?|Ifeoma Okonjo]] flying from Lagos. Lille d7. [[staff-name|Declan Toomey]] SpR.
=== held-en-08
name: May Lin Chung
born: 1955-05-05
records: MV5

Oncology [[ward|Kestrel]]. Mrs [[patient-name|Chung]] may have neutropenic sepsis d9 post FEC, T 38.4, neut 0.2. Taz+gent. Port site clean. [[patient-name|May Lin]] says daughter [[person-name?|Hui Min]] due in May. G-CSF. Ecog 1. Last seen by [[staff-name|Sunita]] on [[date?|12th of April]]. Consent for trial, subject [[identifier?|0417-KES]]. Hospice link [[place|St Cuthberts]], Sr [[person-name?|Agnes]].
=== held-en-09
name: Bronwen Llewelyn
born: 1943-02-28
records: MV77119
identifiers: relative Ifan Llewelyn

Stroke clinic ltr. Re: [[patient-name|Bronwen Llewellyn]], DOB [[birth-date|28.2.43]], [[record-number|MV 77119]]. Dear Dr [[person-name?|Rhydderch]], seen [[date?|2/11/23]] w/ her husband [[person-name|Ifan]]. TIA, ABCD2 5. CTA L ICA 72% -> CEA listed [[place?|Llanfair Infirmary]], Mr [[person-name?|Gethin Rowlands]]. Clopi 75, atorva 80. BP 162/88. Yours, [[staff-name|H. Cavanagh-Poole]] cc [[place|Birch Lane]].
=== held-en-10
name: Jack Frost Penhaligon
born: 2019-09-09
records: MV30303
identifiers: relative Morwenna Penhaligon

Paeds. [[patient-name|Jack]] 4y, croup, Westley 5, dex 0.15mg/kg, neb adr x1. Mum [[person-name|Morwena]], dad [[person-name?|Piran]], baby [[person-name?|Elowen]]. Frost outside, cold air helped. Sats 97 RA. Wt 16.8kg. HV Ms [[person-name?|Tregear]], nursery [[place?|Little Puffins]]. Home if stridor free 4h. Open access. [[staff-name|Adebisi]]/[[staff-name|Twomey]].`,
  String.raw`staff: Marisol Etchegaray; Brandon Kowalczyk; Priya Venkataraman; Leroy Hutchins; Annika Soderberg; Duane Whitehorse; Chloe Beaumont-Ricks; Samir Haddadin
wards: 5 West; Cardiac Step-Down; Magnolia Unit; NICU; Emergency Department
places: Cedar Fork Medical Center; Hollis Creek; Pine Ridge Family Practice; CFMC
=== held-en-11
name: Dwayne Lamont Purcell
born: 1965-04-17
records: 00918823
identifiers: phone (555) 014-7781; fiscal-number 219-09-9941; relative Charlene Purcell

H&P. [[patient-name|Dwayne L. Pursell]], 58 y/o M, MRN [[record-number|918823]], SSN [[identifier|219099941]]. CC: SOB. HFrEF 25%, ICD, CKD3b. BNP 2,900. Lasix 80 IV BID, net -2.1L. Wife [[person-name|Charlene]] at bedside, cell [[phone|555.014.7781]]. Smokes 1 ppd. From [[place|Hollis Crk]]. PCP at [[place|Pine Ridge FP]]. Code: full. A/P d/w Dr. [[staff-name|Venkat-
araman]]. Tele 5W.
=== held-en-12
name: Guadalupe Santillan-Reyes
born: 1982-12-12
records: 77-4021

OB triage: [[patient-name|Guadalupe Santillan]] 41 G4P3 36w4d, ctx q4, SVE 5/80/-1, Cat I. A1GDM. Prior c/s x1 TOLAC. Spouse [[person-name?|Efrain]]. Baby girl [[person-name?|Ximena]] planned. Doula [[person-name?|Autumn]]. GBS neg [[date?|9/18]]. Epidural [[staff-name|B. Kowalczyk]]. Bishop 9. [[patient-name|Lupe]] breastfeeding. CNM [[staff-name|Beaumont]] x[[phone?|5-2217]].
=== held-en-13
name: Carl Edward Young
born: 1933-03-21
records: 6

Neuro: Mr. [[patient-name|Young]], [[age?|90]] yo, looks young for age. Parkinson's H&Y 3, Sinemet 25/100 TID. Falls x2 wk. Orthostatic 142→98. Son [[person-name?|Carl Jr.]] & DIL [[person-name?|Tammy]]. Lives [[address?|2210 County Rd 9, Hollis Creek]]. Seen [[date?|Jan. 4, 2024]]. Foley out. MoCA 19. PT eval [[person-name?|Keisha]]. [[staff-name|Soderberg]] MD NPI [[identifier?|1447290031]]
=== held-en-14
name: Nizhoni Begaye
born: 2001-07-23
records: 55-0-12

[[patient-name|Nizhoni Begay]] DKA: gluc 612 pH 7.08 AG 28 BHB 7. Insulin gtt 0.1, 2 bag. Off lantus 3 d, lost Medicaid ([[identifier?|AZ4419027A]]). Grandmother [[person-name?|Bessie Yazzie]] brings from [[place?|Tsaile Wash]]. Kussmaul resolved. Gap closed 0400. Diabetes ed [[staff-name|Duane W.]] Fwd chart to [[staff-name|S Haddadin]]. Txt reminders [[phone?|928 555 0142]].
=== held-en-15
name: Brooklyn Skye Hensley
born: 2023-11-06
records: 1000234
identifiers: relative Destiny Hensley

[[ward|NICU]] bed 4 DOL 12, ex 29+3, 1180g. BG [[patient-name|Hensley]] on bCPAP 6, FiO2 .25, caffeine. HUS gr I IVH [[date?|11/13]]. Feeds EBM 12 q3 OG. Apnea x2, brady x3. Mom [[person-name|Destiny Hensley]] 19, dad [[person-name?|Tyler]] in Brooklyn. Clear sky views. [[patient-name|Brooklyn]]'s PICC ok. Bili 7.1. Ballard 29. RN [[person-name?|Jo]]. [[staff-name|Etchegarray]] NNP.
=== held-en-16
name: Vladimir Petrenko
born: 1958-10-30
records: 41.7.88
identifiers: relative Oksana Petrenko

Ortho POD1 R TKA. [[patient-name|Petrenko, Vladimir]]. ROM 0-85, drain 120. Oxy 5 q4, ASA 81 BID. Homans neg. Wife [[person-name|Oksana]] translating; son [[person-name?|Mykola]]. Implant lot [[identifier?|ZB-6622190]]. Hgb 10.9. Will go to [[place?|Golden Oaks SNF]], Rm 12. DME deliv to [[address?|PO Box 118]]. F/u [[staff-name|Hutchins]] 2 wks ([[date?|10/2/23]]).
=== held-en-17
name: Josephine Tran
born: 1969-09-01
records: 30-30

SURG: lap appy→open. [[patient-name|Josie Tran]]. Perf w/ abscess, JP. Surgeon [[staff-name|Leroy Hutchins]], asst [[person-name?|Pham]], anes Dr [[person-name?|Goldfarb]]. EBL 50. McBurney's incision. Zosyn. Spec# [[identifier?|S23-18840]]. Sister [[person-name?|Kim]] in waiting rm. DW family 2130. Flatus +. Transfer to [[ward|5 W]]. HIPAA code word [[identifier?|tulip]].
=== held-en-18
name: Earl Washington Biggs
born: 1947-02-11
records: 12
identifiers: relative Rochelle Biggs

pulm consult COPD GOLD D, FEV1 31%. [[patient-name|Earl Biggs]] vet, on 3L. CT LUL 1.9 spiculated, PET 6.2. EBUS w/ Dr. [[staff-name|Annika S]]. Served in Washington, big smoker 80 py. Daughter [[person-name|Rochelle]] POA ([[email?|rochelle.b@mailbox.example]]). VA ID [[identifier?|B4471]]. Trelegy. Nodule hx seen [[place|Cedar Fork]] '19. Pred 40x5. Chaplain Bro. [[person-name?|Mills]]
=== held-en-19
name: Fatoumata Diallo
born: 1990-01-01
records: 88-1

[[ward|Magnolia]] SW note: [[patient-name|Fatou Diallo]] sickle VOC, PCA dilaudid, retic 11, Hb 7.2. Ms [[patient-name|Dialo]]'s kids w/ neighbor Mrs. [[person-name?|Eckhart]] apt [[address?|4C]]. Employer [[place?|Sunrise Poultry]] FMLA faxed [[phone?|555-0139]]. Cab voucher. Cousin [[person-name?|Ousmane]]. Shelter list given. Next hem [[date?|May 20]] @ 10. [[staff-name|M. Etchegaray]] LCSW.
=== held-en-20
name: Harlan Price Whitlock
born: 1952-08-18
records: 4400-K

D/C SUMMARY ADM [[date?|08/30/2023]] DC [[date?|09-02-23]]. [[patient-name|WHITLOCK HARLAN P]] DOB [[birth-date|8/18/1952]]. AFIB RVR, DCCV 200J. ELIQUIS 5 BID (PRICE OK W/ COUPON). TSH 1.1. TEE NO CLOT. RIDE: NEPHEW [[person-name?|RUSTY]]. PHARM [[place?|DOBBS DRUG]] [[phone?|555-0188]]. PORTAL [[url?|mychart.cfmc.example/hwhitlock]]. ATT: [[staff-name|VENKATARAMAN]]. [[place|CFMC]] CARDS.`,
];
