import type { Labels } from "../en/index.ts";
import { counted } from "./counted.ts";

export const jobs: Labels["jobs"] = {
  title: "एक्सपोर्ट",
  jobTitle: (id) => `एक्सपोर्ट ${id}`,
  newExport: "नया एक्सपोर्ट",
  none: "अभी तक कुछ एक्सपोर्ट नहीं हुआ।",
  noneText: "“देखें” में मरीज़ या स्टडी चुनें, या पूरे कैटलॉग से शुरू करें।",
  pick: "“देखें” में चुनें",
  back: "सभी एक्सपोर्ट",
  notFound: "इस नंबर का कोई एक्सपोर्ट अब नहीं है।",
  now: "अभी",
  ended: "खत्म हुए",

  states: {
    planned: "बारी का इंतज़ार",
    running: "चल रहा है",
    paused: "विराम पर",
    interrupted: "बीच में रुक गया",
    complete: "पूरा और सत्यापित",
    incomplete: "खत्म, पर अधूरा",
    failed: "असफल",
    cancelled: "रद्द",
  },
  phases: {
    waiting: "बारी का इंतज़ार",
    "waiting-for-sync": "एक सिंक के पूरा होने का इंतज़ार",
    reading: "योजना पढ़ी जा रही है",
    writing: (name) => `${name} लिखा जा रहा है`,
    finishing: (name) => `${name} पूरा किया जा रहा है`,
    verifying: (name) => `${name} का सत्यापन चल रहा है`,
    numbered: (step, number, total) => `${step} (${total} में से ${number})`,
  },
  explain: {
    paused: "ऐसे रोका गया है कि आगे बढ़ सके: जो लिखा गया, वह रखा है।",
    interrupted: "यह एक्सपोर्ट चल रहा था तभी Satchel बंद हो गया। जो लिखा गया था, वह जाँचकर रखा है; एक्सपोर्ट आगे बढ़ सकता है।",
    cancelled: "रद्द किया गया। जो अधूरा था, हटा दिया गया; पूरे बने पैकेज रहते हैं।",
  },

  policies: { identified: "नाम सहित", pseudonymised: "छद्मनाम सहित" },
  picked: {
    patients: (n, shown) => counted(n, shown, "मरीज़"),
    studies: (n, shown) => counted(n, shown, "स्टडी"),
    records: (n, shown) => counted(n, shown, "पंक्ति", "पंक्तियाँ"),
    matching: "फ़िल्टर से मेल खाने वाले सभी",
    all: "पूरा कैटलॉग",
  },
  instances: (n, shown) => counted(n, shown, "इंस्टेंस"),
  packages: (n, shown) => counted(n, shown, "पैकेज"),
  created: "हाथ से शुरू किया गया",
  begun: "शुरू हुआ",
  endedAt: "खत्म हुआ",
  took: "समय लगा",
  destination: "फ़ोल्डर",
  policy: "नाम",
  scope: "क्या",
  to: (folder) => `${folder} में`,

  pause: "विराम दें",
  resume: "जारी रखें",
  cancel: "एक्सपोर्ट रद्द करें",
  retry: "जो असफल रहा, फिर से करें",
  again: "फिर से एक्सपोर्ट करें",
  remove: "सूची से हटाएँ",
  open: (id) => `एक्सपोर्ट ${id} दिखाएँ`,
  editSource: "स्रोत बदलें",
  openKeys: "प्रोजेक्ट कुंजियाँ खोलें",
  showPackages: "पैकेज में दिखाएँ",

  cancelTitle: "यह एक्सपोर्ट रद्द करें?",
  cancelKept: (n, shown) =>
    n === 0
      ? "अभी कोई पैकेज पूरा नहीं हुआ है। जो आधा लिखा है, वह हटा दिया जाएगा।"
      : `${counted(n, shown, "पूरा बना पैकेज रहेगा", "पूरे बने पैकेज रहेंगे")}। जो आधा लिखा है, वह हटा दिया जाएगा।`,
  cancelNot: "रद्द न करें",
  cancelInstead: "अगर इसे बाद में आगे बढ़ना है, तो रद्द करने के बजाय विराम दें।",
  removeTitle: "यह एक्सपोर्ट सूची से हटाएँ?",
  removeText: "इसके पैकेज जहाँ हैं वहीं रहते हैं, और ऑडिट लॉग में दर्ज रहता है कि क्या किया गया।",

  packagesTitle: "पैकेज",
  noPackages: "अभी कोई पैकेज पूरा नहीं हुआ है।",
  reasonsTitle: "पैकेज में क्या नहीं है, और क्यों",
  logTitle: "क्या-क्या हुआ",
  noLog: "अभी कुछ दर्ज नहीं हुआ।",
};
