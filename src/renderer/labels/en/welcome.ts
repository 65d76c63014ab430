/** The first start: the workspace, its passphrase, and the first source. */
export const welcome = {
  title: "Welcome",
  heading: "Where are the records?",
  lead: "Satchel reads from a source, and writes finished, verified packages to a place you choose. Nothing in the source is changed.",
  demoTitle: "Open the demo hospital",
  demoText:
    "Invented patients with CT, MR, ultrasound and reports, daily notes and exams, to try everything with. It is made on this computer.",
  demoAction: "Open the demo hospital",
  demoWorking: "Making the demo hospital…",
  folderTitle: "Add a folder",
  folderText:
    "A folder or drive with DICOM files in it: a disc from another hospital, an archive, a research share. You can also drop it on this window.",
  folderAction: "Add a folder",
  serverTitle: "Connect a PACS",
  serverText: "An Orthanc server in your network, by its address and, if it asks for one, user and password.",
  serverAction: "Connect a PACS",
  databaseTitle: "Connect a database",
  databaseText:
    "Notes and study lists out of a hospital's system: PostgreSQL, MySQL, SQLite, a studies platform, or a CSV file that it exported.",
  databaseAction: "Connect a database",
  dropHere: "Drop the folder to add it as a source",
  newTitle: "Make the workspace",
  newText:
    "The workspace keeps what Satchel knows of your sources, and your project keys. It is encrypted with a passphrase that only you know.",
  newWhere: (path: string) => `It is made at ${path}`,
  passphrase: "Passphrase",
  again: "The same passphrase again",
  cannotRecover:
    "The passphrase cannot be recovered: not by us, not by your hospital. Without it the project keys in the workspace are lost, and pseudonyms cannot be made again. Write it down and keep it in a safe place.",
  different: "The two are not the same.",
  strengths: {
    none: "",
    weak: "Easy to guess. Use more characters, or four words that have nothing to do with each other.",
    fair: "Acceptable. A few more characters make it much harder to guess.",
    good: "Hard to guess.",
  },
  make: "Make the workspace",
  lockedTitle: "Open the workspace",
  lockedText: (path: string) => `The workspace at ${path} is locked.`,
  open: "Open",
  tryAgain: "Try again",
  /** Before anything is shown of a workspace that has accounts. */
  signIn: {
    title: "Sign in",
    text: "This workspace has accounts. Sign in with yours; an administrator of the workspace gives them out.",
    name: "Name",
    password: "Password",
    action: "Sign in",
  },
};
