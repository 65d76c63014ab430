import { addBlob, addPipes, station, type Film, type Station } from "./projection.ts";

type Point = readonly [number, number];

/** Each ray of the hand: base of the metacarpal, then the joints, then the tip. */
const RAYS: readonly { way: readonly Point[]; width: number }[] = [
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

const CARPALS: readonly (readonly [x: number, y: number, a: number, b: number])[] = [
  [-22, 50, 8, 7],
  [-11, 46, 7, 7],
  [0, 47, 8, 11],
  [12, 49, 8, 9],
  [-16, 62, 8, 9],
  [-2, 65, 9, 8],
  [11, 64, 8, 8],
  [17, 59, 5, 6],
];

/** A long bone: wide base, slender hollow shaft, round head. A gap is left for the joints. */
function longBone(from: Point, to: Point, width: number): Station[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.sqrt(dx * dx + dy * dy);
  const at = (share: number, radius: number, density: number, hollow: number): Station =>
    station(from[0] + dx * share, from[1] + dy * share, radius, density, hollow);
  const start = (width + 0.8) / length;
  return [
    at(start, width, 0.56, 0.15),
    at(start + 0.16, width * 0.72, 0.66, 0.45),
    at(0.5, width * 0.56, 0.74, 0.58),
    at(1 - start - 0.1, width * 0.66, 0.66, 0.45),
    at(1 - start, width * 0.86, 0.56, 0.1),
  ];
}

/** A left hand laid flat, fingers up, thumb at picture left. */
export function drawHand(film: Film): void {
  const soft: Station[][] = [
    [station(2, 200, 30, 0.95), station(0, 78, 31, 0.95), station(-2, 30, 43, 0.95), station(0, -6, 36, 0.85)],
    [station(-24, 46, 22, 0.9), station(-46, 20, 15, 0.8)],
  ];
  for (const { way, width } of RAYS) {
    soft.push(way.map(([x, y], index) => station(x, y, width * (2.2 - 0.22 * index), 0.82 - 0.08 * index)));
  }
  addPipes(film, soft);
  for (const { way, width } of RAYS) {
    for (let bone = 0; bone + 1 < way.length; bone++) {
      const [from, to] = [way[bone], way[bone + 1]];
      if (from === undefined || to === undefined) continue;
      addPipes(film, [longBone(from, to, width * (bone === 0 ? 1.15 : 1.06 - bone * 0.16))]);
    }
  }
  for (const [x, y, a, b] of CARPALS) addBlob(film, { x, y, a, b, density: 0.56, softness: 0.25 });
  addPipes(film, [
    [station(-10, 84, 14, 0.55, 0.1), station(-10, 100, 10.5, 0.72, 0.5), station(-11, 180, 9, 0.85, 0.62)],
  ]);
  addPipes(film, [[station(17, 86, 7.5, 0.5, 0.1), station(17, 104, 6, 0.66, 0.5), station(17, 180, 7.5, 0.8, 0.6)]]);
}

/** A left knee from the front (AP), the calf bone at picture right. */
export function drawKnee(film: Film): void {
  addPipes(film, [
    [station(0, -160, 66, 1.25), station(0, -40, 56, 1.15), station(0, 20, 53, 1.1), station(2, 170, 50, 1.15)],
  ]);
  addPipes(film, [
    [
      station(3, -170, 15, 0.95, 0.68),
      station(2, -80, 16, 0.92, 0.66),
      station(1, -52, 21, 0.75, 0.3),
      station(0, -32, 28, 0.66),
    ],
    [station(-6, -54, 16, 0.7, 0.2), station(-20, -24, 20, 0.68)],
    [station(6, -54, 16, 0.7, 0.2), station(20, -24, 20.5, 0.68)],
  ]);
  // Kneecap before the thigh bone.
  addBlob(film, { x: 1, y: -34, a: 19, b: 20, density: 0.24, softness: 0.25 });
  addPipes(film, [
    [station(-24, 14, 13, 0.62), station(-8, 44, 17, 0.66, 0.1)],
    [station(24, 14, 13, 0.62), station(5, 44, 17, 0.66, 0.1)],
    [station(-14, 12, 10, 0.66), station(14, 12, 10, 0.66)],
    [station(-5, 2, 2, 0.5), station(-6, 14, 7, 0.6)],
    [station(5, 2, 2, 0.5), station(6, 14, 7, 0.6)],
    [station(-1, 36, 23, 0.66, 0.05), station(-3, 62, 15, 0.85, 0.5), station(-4, 170, 13, 0.98, 0.66)],
  ]);
  addPipes(film, [
    [
      station(35, 32, 8, 0.4),
      station(35, 46, 5.5, 0.5, 0.4),
      station(33, 70, 5.5, 0.55, 0.5),
      station(32, 170, 6, 0.6, 0.5),
    ],
  ]);
}
