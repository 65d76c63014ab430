import { makeRandom, type Random } from "../random.ts";
import { noiseAt, smoothNoiseAt } from "./noise.ts";
import type { NoiseSet } from "./pixels.ts";
import { addBlob, addPipe, makeFilm, type Film } from "./projection.ts";

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

type Point = readonly [number, number];

function lungVessels(film: Film, random: Random, from: Point, angle: number, length: number, radius: number): void {
  if (radius < 0.7) return;
  const to: Point = [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length];
  addPipe(film, { points: [from, to], radii: [radius, radius * 0.8], density: 0.055 * radius, fade: 0.8 });
  for (const sign of [-1, 1]) {
    const turn = angle + sign * random.between(0.2, 0.55);
    lungVessels(film, random, to, turn, length * random.between(0.75, 0.92), radius * random.between(0.66, 0.78));
  }
}

function rib(film: Film, number: number, side: 1 | -1): void {
  const top = -128 + number * 23;
  const reach = 62 + 62 * Math.sin(Math.min(1, (number + 1.4) / 7) * (Math.PI / 2));
  const back: Point[] = [];
  const front: Point[] = [];
  for (let step = 0; step <= 16; step++) {
    const share = step / 16;
    const angle = share * (Math.PI / 2);
    back.push([
      side * (12 + (reach - 12) * Math.sin(angle)),
      top + 34 * (1 - Math.cos(angle)) - 12 * Math.sin(2 * angle),
    ]);
    front.push([
      side * (reach - (reach - 34) * 0.86 * Math.sin(angle)),
      top + 34 + 50 * Math.sin(angle) - 9 * (1 - Math.cos(angle)),
    ]);
  }
  addPipe(film, { points: back, radii: [5.2, 5.4], density: 0.34, hollow: 0.7 });
  addPipe(film, { points: front, radii: [5.4, 6], density: 0.22, hollow: 0.7, fade: 0.35 });
}

function chest(film: Film, request: RadiographRequest): void {
  const random = makeRandom(request.seed, `radiograph/${request.label}`);
  const dome = (x: number): number =>
    x < 0
      ? 88 - 34 * Math.sqrt(Math.max(0, 1 - ((x + 68) / 74) ** 2))
      : 98 - 34 * Math.sqrt(Math.max(0, 1 - ((x - 70) / 74) ** 2));
  addBlob(film, { x: 0, y: 60, a: 176, b: 290, density: 2.1, softness: 0.35 });
  addBlob(film, { x: 0, y: -205, a: 58, b: 110, density: 0.9 });
  for (const side of [-1, 1] as const) {
    addBlob(film, { x: side * 138, y: -92, a: 110, b: 66, density: 0.9, turn: side * 0.42, softness: 0.7 });
    addBlob(film, {
      x: side * 68,
      y: 6,
      a: 60,
      b: 152,
      turn: side * -0.04,
      density: -1.55,
      softness: 0.32,
      where: (x, y) => y < dome(x) && side * x > 8,
    });
  }
  // Abdomen under the domes, stomach bubble, heart, great vessels.
  addBlob(film, { x: 0, y: 190, a: 160, b: 140, density: 0.75, softness: 0.3, where: (x, y) => y > dome(x) });
  addBlob(film, { x: 66, y: 100, a: 24, b: 13, density: -0.5, where: (x, y) => y > dome(x) + 6 });
  addBlob(film, { x: 28, y: 48, a: 64, b: 50, turn: 0.5, density: 1.05, softness: 0.45 });
  addBlob(film, { x: -16, y: 34, a: 34, b: 52, density: 0.7, softness: 0.45 });
  addBlob(film, { x: 6, y: -60, a: 27, b: 105, density: 0.75, softness: 0.4 });
  addBlob(film, { x: 22, y: -44, a: 21, b: 20, density: 0.5, softness: 0.4 });
  addBlob(film, { x: 30, y: -12, a: 20, b: 20, density: 0.35 });
  for (const side of [-1, 1] as const) {
    addBlob(film, { x: side * 42, y: -2, a: 15, b: 22, density: 0.34, turn: side * 0.3 });
    for (let branch = 0; branch < 7; branch++) {
      const angle = -1.35 + branch * 0.44;
      const aimed = side === 1 ? angle : Math.PI - angle;
      lungVessels(film, random, [side * 38, -2], aimed, 27, 3.6);
    }
    for (let number = 0; number < 10; number++) rib(film, number, side);
    addPipe(film, {
      points: [
        [side * 14, -118],
        [side * 58, -124],
        [side * 100, -138],
        [side * 142, -136],
      ],
      radii: [6.5, 6],
      density: 0.5,
      hollow: 0.6,
    });
    // Shoulder blade and head of the upper arm.
    addBlob(film, { x: side * 130, y: -70, a: 20, b: 66, turn: side * 0.32, density: 0.16, softness: 0.25 });
    addPipe(film, {
      points: [
        [side * 112, -10],
        [side * 128, -64],
        [side * 146, -116],
      ],
      radii: [3, 5],
      density: 0.26,
    });
    addBlob(film, { x: side * 172, y: -112, a: 25, b: 26, density: 0.8 });
  }
  // Windpipe and its two branches; vertebrae seen through the heart.
  addPipe(film, {
    points: [
      [0, -190],
      [1, -100],
      [-2, -40],
    ],
    radii: [8.5, 8.5],
    density: -0.55,
  });
  addPipe(film, {
    points: [
      [-2, -42],
      [-34, -12],
    ],
    radii: [7, 5],
    density: -0.34,
  });
  addPipe(film, {
    points: [
      [-2, -42],
      [36, -6],
    ],
    radii: [6.5, 5],
    density: -0.3,
  });
  for (let number = 0; number < 16; number++) {
    const y = -178 + number * 24;
    addBlob(film, { x: 0, y, a: 17, b: 10.5, density: 0.42, softness: 0.2 });
    addBlob(film, { x: 0, y: y + 6, a: 4, b: 9, density: 0.2 });
    addBlob(film, { x: -10, y: y - 2, a: 3.4, b: 4.4, density: 0.16 });
    addBlob(film, { x: 10, y: y - 2, a: 3.4, b: 4.4, density: 0.16 });
  }
  if (request.effusion)
    addBlob(film, {
      x: 74,
      y: 92,
      a: 62,
      b: 64,
      density: 1.25,
      softness: 0.3,
      where: (x, y) => x > 6 && x < 126 && y > 44 - 0.0042 * (x - 62) ** 2 && y < dome(x) + 20,
    });
}

/** Wrist at (0, 75); each ray is the way points of one metacarpal and its phalanges. */
const FINGERS: readonly { way: readonly Point[]; width: number }[] = [
  {
    way: [
      [-26, 42],
      [-48, 18],
      [-62, -10],
      [-72, -33],
    ],
    width: 6.4,
  },
  {
    way: [
      [-13, 34],
      [-24, -22],
      [-33, -62],
      [-38, -87],
      [-41, -105],
    ],
    width: 5.8,
  },
  {
    way: [
      [0, 32],
      [-1, -27],
      [-2, -71],
      [-3, -100],
      [-3, -119],
    ],
    width: 6,
  },
  {
    way: [
      [12, 35],
      [21, -20],
      [29, -60],
      [34, -87],
      [37, -105],
    ],
    width: 5.4,
  },
  {
    way: [
      [22, 40],
      [40, -8],
      [53, -40],
      [60, -59],
      [65, -74],
    ],
    width: 4.8,
  },
];

function longBone(film: Film, from: Point, to: Point, width: number): void {
  const at = (share: number): Point => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  const turn = Math.atan2(to[1] - from[1], to[0] - from[0]) + Math.PI / 2;
  addPipe(film, { points: [at(0.12), at(0.88)], radii: [width * 0.62, width * 0.56], density: 0.62, hollow: 0.55 });
  for (const [share, scale] of [
    [0.1, 1.02],
    [0.9, 0.92],
  ] as const) {
    const [x, y] = at(share);
    addBlob(film, { x, y, a: width * scale, b: width * 0.95, turn, density: 0.36, softness: 0.3 });
  }
}

function hand(film: Film): void {
  addBlob(film, { x: -2, y: 12, a: 46, b: 48, density: 0.7, softness: 0.35 });
  addPipe(film, {
    points: [
      [0, 40],
      [2, 150],
    ],
    radii: [34, 31],
    density: 0.95,
  });
  for (const { way, width } of FINGERS) {
    addPipe(film, { points: way, radii: [width * 2.3, width * 1.45], density: 0.5 });
    for (let bone = 0; bone + 1 < way.length; bone++) {
      const [from, to] = [way[bone], way[bone + 1]];
      if (from !== undefined && to !== undefined)
        longBone(film, from, to, width * (bone === 0 ? 1.12 : 1 - bone * 0.14));
    }
  }
  const carpals: readonly (readonly [number, number, number, number])[] = [
    [-22, 50, 8, 7],
    [-11, 46, 7, 7],
    [0, 47, 8, 11],
    [12, 49, 8, 9],
    [-16, 62, 8, 9],
    [-2, 65, 9, 8],
    [11, 64, 8, 8],
    [17, 59, 5, 6],
  ];
  for (const [x, y, a, b] of carpals) addBlob(film, { x, y, a, b, density: 0.62, softness: 0.28 });
  addPipe(film, {
    points: [
      [-10, 88],
      [-9, 110],
      [-11, 170],
    ],
    radii: [11, 9],
    density: 0.72,
    hollow: 0.6,
  });
  addBlob(film, { x: -11, y: 83, a: 16, b: 11, density: 0.5, softness: 0.3 });
  addPipe(film, {
    points: [
      [18, 90],
      [17, 110],
      [17, 170],
    ],
    radii: [6, 7.5],
    density: 0.66,
    hollow: 0.6,
  });
  addBlob(film, { x: 18, y: 84, a: 8, b: 8, density: 0.45, softness: 0.3 });
}

function knee(film: Film): void {
  addPipe(film, {
    points: [
      [0, -140],
      [0, -30],
      [0, 30],
      [2, 140],
    ],
    radii: [62, 50],
    density: 1.15,
  });
  addBlob(film, { x: -34, y: 78, a: 30, b: 90, density: 0.25 });
  addPipe(film, {
    points: [
      [4, -150],
      [2, -52],
    ],
    radii: [16, 17],
    density: 0.95,
    hollow: 0.66,
  });
  // Flare of the thigh bone, condyles, kneecap before them.
  addPipe(film, {
    points: [
      [2, -62],
      [0, -22],
    ],
    radii: [16, 37],
    density: 0.5,
  });
  for (const side of [-1, 1]) {
    addBlob(film, { x: side * 21, y: -20, a: 20, b: 20, density: 0.42, softness: 0.25 });
    addBlob(film, { x: side * 20, y: 13, a: 21, b: 6, density: 0.32, softness: 0.2 });
    addPipe(film, {
      points: [
        [side * 4, 2],
        [side * 6, 14],
      ],
      radii: [1.6, 5],
      density: 0.25,
    });
  }
  addBlob(film, { x: 2, y: -32, a: 19, b: 20, density: 0.26, softness: 0.3 });
  addPipe(film, {
    points: [
      [0, 30],
      [-2, 62],
    ],
    radii: [36, 15],
    density: 0.62,
  });
  addPipe(film, {
    points: [
      [-2, 54],
      [-4, 150],
    ],
    radii: [15, 14],
    density: 0.95,
    hollow: 0.64,
  });
  addBlob(film, { x: 36, y: 34, a: 9, b: 11, density: 0.36, softness: 0.3 });
  addPipe(film, {
    points: [
      [36, 36],
      [33, 70],
      [32, 150],
    ],
    radii: [6.5, 6],
    density: 0.55,
    hollow: 0.5,
  });
}

/**
 * A radiograph of 12 stored bits, bone bright (MONOCHROME2).
 *
 * @returns rows × columns values of 0 to 4095.
 */
export function makeRadiograph(request: RadiographRequest, noises: NoiseSet): Uint16Array {
  const { columns, rows } = request;
  const film = makeFilm(columns, rows, FILM_WIDTH[request.view] / columns);
  if (request.view === "chest") chest(film, request);
  else if (request.view === "hand") hand(film);
  else knee(film);
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
