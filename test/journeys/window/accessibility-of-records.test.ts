import { join } from "node:path";
import { it } from "vitest";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { button, expectUsable, grid, openFurnishedWindow, type View, type Way } from "./furnished-window.ts";

const root = temporaryDirectory("accessibility-of-records");
const furnished = openFurnishedWindow(root);

const openStudy: Way = async (shown) => {
  await grid(shown, "Studies").getByRole("gridcell").nth(3).click();
  await shown.page.getByRole("complementary", { name: "Study" }).waitFor();
};
const adjust: Way = async (shown) => {
  await shown.page.getByRole("radio", { name: /^Research data set/ }).click();
  if (await button(shown, "Take everything").isVisible()) await button(shown, "Take everything").click();
  const adjusted = button(shown, "Adjust");
  if ((await adjusted.getAttribute("aria-expanded")) === "false") await adjusted.click();
};
const folderPanel: Way = async (shown) => {
  await button(shown, "Browse…").click();
  await shown.page.getByRole("listbox", { name: "Folders and files here" }).waitFor();
};

const views: View[] = [
  ["sources", "sources"],
  ["what could not be taken in", "sources", (shown) => button(shown, "Show what and why").click()],
  ["a folder to add, with the folder browser", "sources/add-folder", folderPanel],
  [
    "a server to connect, refused by the test",
    "sources/add-orthanc",
    async (shown) => {
      await shown.page.getByRole("textbox", { name: "Address" }).fill("https://127.0.0.1:9");
      await shown.page.getByText("User and password", { exact: true }).click();
      await shown.page.getByRole("textbox", { name: "User" }).fill("reader");
      await shown.page.getByRole("textbox", { name: "Password" }).fill("secret");
      await button(shown, /^Test$/).click();
      await button(shown, "Add anyway").waitFor();
    },
  ],
  [
    "the question before a source is removed",
    "sources",
    async (shown) => {
      await button(shown, "Remove away").click();
      await shown.page.getByRole("dialog").waitFor();
    },
  ],
  ["patients", "browse", (shown) => grid(shown, "Patients").waitFor()],
  [
    "a patient",
    "browse",
    async (shown) => {
      await shown.page.getByRole("tab", { name: /^Patients/ }).click();
      await grid(shown, "Patients").getByRole("gridcell").nth(3).click();
      await shown.page.getByRole("complementary", { name: "Patient" }).waitFor();
    },
  ],
  ["a study", "browse/studies", openStudy],
  [
    "the header of a study",
    "browse/studies",
    async (shown) => {
      await openStudy(shown);
      await shown.page.getByRole("tab", { name: "Header" }).click();
      await shown.page.getByRole("textbox", { name: "Search the header" }).waitFor();
    },
  ],
  [
    "a filter by date",
    "browse/studies",
    async (shown) => {
      await button(shown, /^Date/).click();
      await button(shown, "This year").waitFor();
    },
  ],
  [
    "the viewer",
    "browse/studies",
    async (shown) => {
      await shown.page.getByRole("textbox", { name: "Search name, ID, description" }).fill("thorax");
      await shown.page.getByRole("tab", { name: /^Studies \(\d\)$/ }).waitFor();
      await openStudy(shown);
      await button(shown, /View/).click();
      await shown.page.getByRole("img", { name: /^Image 1/ }).waitFor();
    },
  ],
  [
    "a list in which nothing matches",
    "browse/studies",
    async (shown) => {
      await shown.page.getByRole("textbox", { name: "Search name, ID, description" }).fill("no such patient");
      await shown.page.getByText("Nothing matches these filters").waitFor();
    },
  ],
  [
    "a new export",
    "exports/new",
    async (shown) => await shown.page.getByRole("heading", { name: "New export" }).waitFor(),
  ],
  [
    "every setting of an export, with the review before and after",
    "exports/new",
    async (shown) => {
      await adjust(shown);
      await shown.page.getByRole("textbox", { name: "Folder for the packages" }).fill(join(root, "out"));
      await shown.page.getByText(/Satchel overwrites nothing/).waitFor();
      await shown.page.getByRole("radio", { name: /^Let them pass/ }).click();
      // Without a reason nothing is shown of what would leave.
      await shown.page.getByRole("textbox", { name: "Reason" }).fill("for the second opinion");
      // What is pale is of the choice before: the check of all begins anew with the choice.
      await button(shown, "Check again").waitFor();
      const read = shown.page.locator('[aria-busy="false"]');
      await read.getByRole("table", { name: /^Header of the instance/ }).waitFor();
    },
  ],
  [
    "the metadata as they will be",
    "exports/new",
    async (shown) => {
      await adjust(shown);
      await shown.page.getByRole("tab", { name: "JSON metadata" }).click();
    },
  ],
  [
    "all instances checked",
    "exports/new",
    async (shown) => {
      await adjust(shown);
      await shown.page
        .getByText(/^Leak sweep: no identifying value/)
        .first()
        .waitFor();
      await button(shown, "Check again").waitFor();
    },
  ],
  [
    "names that leave",
    "exports/new",
    async (shown) => {
      await shown.page.getByRole("radio", { name: /^Patient copy/ }).click();
      await shown.page.getByText("Names leave as they are").first().waitFor();
    },
  ],
];

it.each(views)("%s can be used by everybody", async (_name, hash, way) => {
  await expectUsable(furnished().window, hash, way);
});
