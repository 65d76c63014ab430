import type { MenuItemConstructorOptions } from "electron";

/**
 * The menu, by the platform's conventions: on a Mac the application has one of its own, elsewhere Quit is in File and About in Help.
 *
 * @param developer shows the tools of developers; never in a packaged application
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  developer: boolean,
  actions: { about: () => void },
): MenuItemConstructorOptions[] {
  const mac = platform === "darwin";
  const about: MenuItemConstructorOptions = { label: "About Satchel", click: actions.about };
  const application: MenuItemConstructorOptions = {
    label: "Satchel",
    submenu: [
      about,
      { type: "separator" },
      { role: "services" },
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { role: "quit" },
    ],
  };
  const view: MenuItemConstructorOptions[] = [
    { role: "reload" },
    { type: "separator" },
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { type: "separator" },
    { role: "togglefullscreen" },
  ];
  return [
    ...(mac ? [application] : []),
    { role: "fileMenu" },
    { role: "editMenu" },
    { label: "View", submenu: developer ? [...view, { role: "toggleDevTools" }] : view },
    { role: "windowMenu" },
    ...(mac ? [] : [{ role: "help" as const, submenu: [about] }]),
  ];
}
