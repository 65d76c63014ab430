import type { Command } from "commander";
import { join } from "node:path";
import { createApp } from "../../../app.ts";
import { serveLoopback } from "../../loopback/server.ts";
import { countArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { commandLinePorts } from "../ports.ts";
import { withOutput } from "../session.ts";

export function addOpenCommand(program: Command): void {
  program
    .command("open")
    .description("the window, in an installed Chromium, Chrome or Edge")
    .option("--headless", "serves the window and prints its address, without opening it")
    .option("--port <number>", "the port on 127.0.0.1 (default: any free one)", "0")
    .action(
      withOutput(async (output, signal, global, options: { port: string }) => {
        const { secrets, ...ports } = commandLinePorts(global, "make");
        const locked = global.keyFile === undefined && process.env[global.passphraseEnv] === undefined;
        const app = await createApp({ ...ports, shell: "loopback", ...(locked ? {} : { secrets }) });
        const page = join(import.meta.dirname, "..", "..", "..", "..", "..", "out", "renderer");
        const server = await serveLoopback(app, page, countArgument(options.port, "--port", [0, 65_535]));
        output.line(server.address);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        await server.close();
        await app.close();
        return EXIT.done;
      }),
    );
}
