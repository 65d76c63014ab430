export const frame = {
  browse: "Browse",
  exports: "Exports",
  packages: "Packages",
  sources: "Sources",
  audit: "Audit",
  settings: "Settings",
  help: "Help",
};
