import type { Labels } from "../en/index.ts";
import { counted } from "./counted.ts";

export const tables: Labels["tables"] = {
  kind: { label: "क्या एक्सपोर्ट होगा", imaging: "इमेज", notes: "नोट", studies: "जाँच सूची" },

  counted: (what, rows) => `${what}, ${rows}`,
  policies: { identified: "पहचान सहित", pseudonymised: "छद्मनाम सहित" },
  identity: "पहचान",

  what: {
    nothing: { notes: "अभी कोई नोट नहीं चुना गया।", studies: "अभी कोई जाँच सूची नहीं चुनी गई।" },
    nothingNext: "“देखें” में “रिकॉर्ड” के नीचे फ़िल्टर करें, या जो है सब लें।",
    none: { notes: "कैटलॉग में कोई नोट नहीं है।", studies: "कैटलॉग में कोई जाँच नहीं है।" },
    noneNext: "ऐसा स्रोत जोड़ें जिसमें ये हों (डेटाबेस, CSV फ़ाइल), और उसे सिंक करें।",
    addSource: "स्रोत खोलें",
    everything: { notes: "नीचे चुने प्रकार के सभी नोट", studies: "पूरी जाँच सूची" },
    matching: {
      notes: (filter) => `मेल खाने वाले नोट: ${filter}`,
      studies: (filter) => `मेल खाने वाली जाँचें: ${filter}`,
    },
    takeAll: { notes: "सभी नोट लें", studies: "पूरी सूची लें" },
    kinds: "नोट के प्रकार",
    kindCounted: (kind, shown) => `${kind} (${shown})`,
    withoutCheckIn: (n, shown) =>
      counted(
        n,
        shown,
        "जाँच में पहुँचने का समय नहीं है, वह फ़िल्टर की तारीखों से छूट जाती है।",
        "जाँचों में पहुँचने का समय नहीं है, वे फ़िल्टर की तारीखों से छूट जाती हैं।",
      ),
    withDeleted: "इसमें उन मरीज़ों के नोट भी हैं जो स्रोत में हटाए जा चुके हैं।",
    filter: {
      text: (text) => `टेक्स्ट “${text}”`,
      patients: (list) => `मरीज़ ${list}`,
      wards: (list) => `वार्ड ${list}`,
      statuses: (list) => `स्थिति ${list}`,
      genders: (list) => `लिंग ${list}`,
      q: (text) => `किसी कॉलम में “${text}”`,
      item: (text) => `जाँच का प्रकार “${text}”`,
      order: (text) => `ऑर्डर नंबर ${text}`,
      equipment: (list) => `उपकरण ${list}`,
      description: (list) => `विवरण ${list}`,
      room: (list) => `कमरा ${list}`,
      ages: (from, to) => `उम्र ${from} से ${to}`,
      ageFrom: (from) => `उम्र ${from} या ज़्यादा`,
      ageTo: (to) => `उम्र ${to} तक`,
      exams: (list) => `जाँच ${list}`,
      deleted: "स्रोत में हटाए गए मरीज़ों सहित",
      many: (first, more) => `${first} और ${more} बाकी`,
    },
  },

  name: "तालिका की फ़ाइल का नाम",
  nameHint: "खाली छोड़ें तो Satchel नाम देता है।",

  form: {
    legend: "रूप",
    zip: {
      title: "एक ZIP में डेटा पैकेज (यही सुझाव है)",
      hint: "तालिका, उसका विवरण, कोडबुक, रसीद और चेकसम।",
    },
    folder: { title: "फ़ोल्डर के रूप में डेटा पैकेज", hint: "यही, सीधी फ़ाइलों में।" },
    beside: {
      title: "तालिका, और साथ में उसका विवरण",
      hint: "विवरण, कोडबुक, रसीद और चेकसम उसके पास उसी के नाम से रहते हैं।",
    },
    file: { title: "सिर्फ़ तालिका", hint: "साथ में ऐसा कुछ नहीं जाता जो बताए कि इसमें क्या है या कि यह पूरी है।" },
    level: "ZIP में तालिका का कम्प्रेशन",
  },

  tooMany: {
    title: (shown, limit) => `${shown} जाँचें मेल खाती हैं, और ज़्यादा से ज़्यादा ${limit} पंक्तियाँ जा सकती हैं।`,
    text: "कुछ नहीं लिखा जाएगा: सूची कभी चुपचाप काटी नहीं जाती। फ़िल्टर कसें, या इस एक्सपोर्ट में ज़्यादा पंक्तियाँ जाने दें।",
    allow: (shown) => `इस एक्सपोर्ट में ${shown} पंक्तियाँ जाने दें`,
    narrow: "“देखें” में फ़िल्टर कसें",
  },

  start: {
    ready: {
      pseudonymised: (rows, patients, bytes) => `परिणाम: ${rows}, ${patients}, छद्मनाम सहित, लगभग ${bytes}।`,
      identified: (rows, patients, bytes) => `परिणाम: ${rows}, ${patients}, पहचान सहित, लगभग ${bytes}।`,
    },
    asks: "इस तालिका के साथ पहचान जाती है",
    asksText: "सिर्फ़ उन्हें दें जिन्हें जानने का अधिकार है कि मरीज़ कौन हैं।",
    confirm: "पहचान सहित एक्सपोर्ट करें",
  },
  identities: {
    names: "मरीज़ों के नाम, रिकॉर्ड नंबर और जन्म तारीखें जैसी हैं वैसी जाती हैं।",
    "live-ids": "स्रोत की पहचान संख्याएँ जाती हैं: जिसकी उस सिस्टम तक पहुँच है, वह हर मरीज़ को खोज सकता है।",
    "record-numbers": "रिकॉर्ड नंबर जाते हैं: अस्पताल का स्टाफ़ उनसे हर मरीज़ को खोज सकता है।",
    "free-text": "नोट वैसे ही जाते हैं जैसे लिखे गए, हर नाम और नंबर के साथ।",
  },

  receipt: {
    what: { notes: "नोट, हर पंक्ति में एक", studies: "जाँच सूची, हर पंक्ति में एक जाँच" },
    handling: "इस तालिका को कैसे बरतें",
    policy: "इसके साथ क्या किया गया",
    reason: "असली पहचान संख्याएँ इस कारण से जाती हैं",
    rows: "पंक्तियाँ",
    written: "लिखी गईं",
    columns: "कॉलम",
    column: "कॉलम",
    type: "प्रकार",
    types: {
      string: "टेक्स्ट",
      integer: "पूर्ण संख्या",
      number: "संख्या",
      boolean: "सही या गलत",
      date: "तारीख",
      datetime: "तारीख और समय",
    },
    treatment: "क्या किया गया",
    treatments: {
      kept: "रखा",
      "kept: live id": "रखा: स्रोत की पहचान संख्या",
      "kept; over 89 as 90": "रखा; 89 से ऊपर 90",
      pseudonymised: "छद्मनाम",
      scrubbed: "नाम और नंबर बदले",
      dropped: "छोड़ दिया",
      computed: "गणना से",
      "computed; over 89 as 90": "गणना से; 89 से ऊपर 90",
      translated: "अंग्रेज़ी में",
    },
    empty: "खाली",
    from: "सबसे पहली",
    to: "सबसे आखिरी",
    text: { notes: "नोट का टेक्स्ट", studies: "खुला टेक्स्ट" },
    textModes: {
      keep: "जैसा लिखा गया था।",
      drop: "छोड़ दिया गया।",
      scrub: "जो पहचान बताता था, बदला गया: इससे जोखिम घटता है, खत्म नहीं होता।",
    },
    changed: (n, shown) => counted(n, shown, "पंक्ति बदली", "पंक्तियाँ बदलीं"),
    replacements: "बदला गया",
    sources: "स्रोत",
    source: "स्रोत",
    synced: "पिछला सिंक",
    never: "कभी नहीं",
    whole: "पूरा पढ़ा गया",
    isWhole: "हाँ",
    isNotWhole: "नहीं: पंक्तियाँ छूटी हो सकती हैं",
  },
};
