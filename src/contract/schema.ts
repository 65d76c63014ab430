/**
 * The one door to zod. jitless: zod otherwise probes `new Function`, which the window's Content-Security-Policy refuses.
 */
import { z } from "zod";

z.config({ jitless: true });

export { z };
