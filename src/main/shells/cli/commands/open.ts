import type { Command } from "commander";
import { writeNewFile } from "../../../access/new-file.ts";
import { PAGE_FOLDER } from "../../../places.ts";
import { ringDoorbell } from "../../loopback/doorbell.ts";
import { countArgument, pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import type { Output } from "../output.ts";
import { commandLinePorts } from "../ports.ts";
import { withOutput } from "../session.ts";

interface OpenOptions {
  headless?: boolean;
  stay?: boolean;
  browser?: string;
  port: string;
  origin: string[];
  addressFile?: string;
}

const AFTER = `
The address that --headless prints opens the window once, within 15 minutes; run the same command again for another. It goes to stdout
because that is what was asked for; keep it out of logs with --address-file. Nothing but this machine can reach it. To use it from
another, make a tunnel, and name its near end where that has another port:

  there   satchel open --headless --port 8765 --origin http://localhost:9000
  here    ssh -N -L 9000:127.0.0.1:8765 USER@SERVER`;

export function addOpenCommand(program: Command): void {
  program
    .command("open")
    .description("the window, in an installed Chromium, Chrome or Edge")
    .option("--headless", "serves the window and prints an address for it, without opening it")
    .option("--stay", "goes on when the window is closed")
    .option("--browser <program>", "path or name of the browser")
    .option("--port <number>", "the port on 127.0.0.1 (default: a free one)", "0")
    .option(
      "--origin <address>",
      "the near end of a tunnel, such as http://localhost:9000; may be given again",
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .option("--address-file <file>", "with --headless: writes the address to a new file that only you can read")
    .addHelpText("after", AFTER)
    .action(
      withOutput(async (output, signal, global, options: OpenOptions) => {
        const port = countArgument(options.port, "--port", [0, 65_535]);
        const headless = options.headless === true || (options.browser === undefined && !hasScreen());
        if (headless && options.headless !== true)
          output.note(
            "There is no screen here: open this address in a browser, through a tunnel where you sit elsewhere.",
          );
        const tell = (address: string): void => tellAddress(output, address, options.addressFile);
        const ports = commandLinePorts(global, "make");
        const running = await ringDoorbell(ports.paths.workspace, headless ? "address" : "window");
        if (running !== undefined) {
          output.note("Satchel runs already with this workspace.");
          if (running.address === null) output.note("It opens another window.");
          else tell(running.address);
          return EXIT.done;
        }
        // Asked for in the window, where nothing else was given.
        const given = global.keyFile !== undefined || (process.env[global.passphraseEnv] ?? "") !== "";
        // The other commands need no server.
        const { openLoopbackWindow } = await import("../../loopback/open-window.ts");
        await openLoopbackWindow(given ? ports : { ...ports, secrets: undefined }, {
          page: PAGE_FOLDER,
          port,
          origins: options.origin,
          browser: options.browser,
          headless,
          stay: options.stay === true,
          signal,
          note: (text) => output.note(text),
          onAddress: tell,
        });
        return EXIT.done;
      }),
    );
}

/** Linux says where its screen is; elsewhere there is always one. */
function hasScreen(): boolean {
  return process.platform !== "linux" || (process.env.WAYLAND_DISPLAY ?? process.env.DISPLAY) !== undefined;
}

function tellAddress(output: Output, address: string, file: string | undefined): void {
  if (file !== undefined) {
    writeNewFile(pathArgument(file, "--address-file"), `${address}\n`);
    output.note("The address is in the file.");
    return;
  }
  output.line(address);
  output.document({ address });
}
