import { makeRandom } from "../random.ts";
import { drawChest } from "./chest-film.ts";
import { drawHand, drawKnee } from "./limb-film.ts";
import { noiseAt, smoothNoiseAt } from "./noise.ts";
import type { NoiseSet } from "./pixels.ts";
import { makeFilm } from "./projection.ts";

export type RadiographView = "chest" | "hand" | "knee";

export interface RadiographRequest {
  view: RadiographView;
  columns: number;
  rows: number;
  effusion: boolean;
  seed: number;
  label: string;
}

/** Width of the detector in millimetres for each view. */
export const FILM_WIDTH: Record<RadiographView, number> = { chest: 370, hand: 232, knee: 180 };

/**
 * A radiograph of 12 stored bits, bone bright (MONOCHROME2).
 *
 * @returns rows × columns values of 0 to 4095.
 */
export function makeRadiograph(request: RadiographRequest, noises: NoiseSet): Uint16Array {
  const { columns, rows } = request;
  const film = makeFilm(columns, rows, FILM_WIDTH[request.view] / columns);
  if (request.view === "chest") drawChest(film, request.seed, request.label, request.effusion);
  else if (request.view === "hand") drawHand(film);
  else drawKnee(film);
  const random = makeRandom(request.seed, `film/${request.label}`);
  const [shiftX, shiftY] = [random.whole(0, 255), random.whole(0, 255)];
  const pixels = new Uint16Array(rows * columns);
  const scale = 256 / columns;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const shadow = film.shadow[at] ?? 0;
      const trabeculae =
        shadow > 0.2 ? 0.03 * smoothNoiseAt(noises.texture, column * scale * 3.1, row * scale * 3.1) : 0;
      const bright = 1 - Math.exp(-0.62 * Math.max(0, shadow + trabeculae));
      const grain = noiseAt(noises.grain, column + shiftX, row + shiftY) * 13;
      pixels[at] = Math.max(0, Math.min(4095, Math.round(60 + 3900 * bright + grain)));
    }
  }
  return pixels;
}
