import type { Labels } from "../en/index.ts";

export const files: Labels["files"] = {
  choose: "चुनें…",
  browse: "चुनें…",
  browser: "फ़ोल्डर ब्राउज़र",
  places: "ड्राइव और फ़ोल्डर",
  placeKinds: {
    removable: "निकाली जा सकने वाली ड्राइव",
    drive: "ड्राइव",
    network: "नेटवर्क ड्राइव",
    home: "आपकी फ़ाइलें",
    folder: "फ़ोल्डर",
  },
  free: (free, total) => `${total} में से ${free} खाली`,
  freeOnly: (free) => `${free} खाली`,
  readOnly: "सिर्फ़ पढ़ने के लिए",
  readOnlyNotice: "यहाँ कुछ लिखा नहीं जा सकता: यह सिर्फ़ पढ़ने के लिए है।",
  largestFile: (fileSystem, size) =>
    `${fileSystem} पर ${size} से बड़ी कोई फ़ाइल नहीं आती। बड़े पैकेज के लिए exFAT या NTFS में फ़ॉर्मैट की हुई ड्राइव चाहिए।`,
  up: "एक फ़ोल्डर ऊपर",
  newFolder: "नया फ़ोल्डर",
  newFolderName: "नए फ़ोल्डर का नाम",
  make: "फ़ोल्डर बनाएँ",
  useThis: "यही फ़ोल्डर लें",
  contents: "यहाँ के फ़ोल्डर और फ़ाइलें",
  noFolders: "इसमें कोई फ़ोल्डर नहीं है।",
  nothingHere: "इसमें काम की कोई चीज़ नहीं है।",
  truncated: "इस फ़ोल्डर में दिखाए गए से ज़्यादा है। सीधे पहुँचने के लिए पाथ टाइप करें।",
  fileName: "फ़ाइल का नाम",
  saveHere: "यहाँ सेव करें",
  keysHint: "तीर वाली कुंजियाँ चुनती हैं, Enter खोलता है, Backspace ऊपर ले जाता है।",
};
