import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";

const ofSource = z.object({ name: z.string() }).strict();

/** RFC 7517: public keys alone. */
const publicKeySet = z.object({ keys: z.array(z.record(z.string(), z.string())) });

/** How sources come by what their servers let them in with. No secret leaves by any of these. */
export const sourceAuthCalls = {
  /**
   * The public key of a source with SMART backend services, to be given to its server's administrator.
   * @throws NOT_FOUND, USAGE (another kind of authentication, no key)
   */
  "sourceAuth.publicKeys": call(ofSource, publicKeySet),
  /**
   * Makes the key of such a source and keeps it in the catalog.
   * @throws ALREADY_EXISTS where it has one and `replace` is not given, NOT_FOUND, USAGE
   */
  "sourceAuth.makeKey": call(
    ofSource.extend({ algorithm: z.enum(["RS384", "ES384"]).default("ES384"), replace: z.boolean().default(false) }),
    publicKeySet,
  ),
  /**
   * Signs in at the server of a source by a browser of this computer. `address` is where to go; shells that can open it themselves do
   * (`opened`). Ends with the stream.
   * @throws SOURCE_REFUSED, SOURCE_ANSWER, SOURCE_UNREACHABLE, IN_USE (port), CANCELLED, NOT_FOUND, USAGE
   */
  "sourceAuth.signIn": stream(
    ofSource,
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("address"), address: z.string(), opened: z.boolean() }),
      z.object({ type: z.literal("result"), source: z.string() }),
    ]),
  ),
};
