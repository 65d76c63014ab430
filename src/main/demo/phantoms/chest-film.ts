import { makeRandom, type Random } from "../random.ts";
import { addBlob, addPipes, station, type Film, type Station } from "./projection.ts";

function growVessel(
  random: Random,
  from: readonly [number, number],
  angle: number,
  length: number,
  radius: number,
  into: Station[][],
): void {
  if (radius < 0.7) return;
  const to = [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length] as const;
  into.push([station(...from, radius, 0.06 * radius), station(...to, radius * 0.8, 0.045 * radius)]);
  for (const sign of [-1, 1]) {
    const turn = angle + sign * random.between(0.2, 0.55);
    growVessel(random, to, turn, length * random.between(0.75, 0.92), radius * random.between(0.66, 0.78), into);
  }
}

/** The back part of a rib runs out and down from the spine, the front part back inwards, fainter, to where the cartilage begins. */
function rib(film: Film, number: number, side: number): void {
  const top = -128 + number * 23;
  const reach = 62 + 62 * Math.sin(Math.min(1, (number + 1.4) / 7) * (Math.PI / 2));
  const back: Station[] = [];
  const front: Station[] = [];
  for (let step = 0; step <= 14; step++) {
    const share = step / 14;
    const sin = Math.sin((share * Math.PI) / 2);
    const cos = Math.cos((share * Math.PI) / 2);
    const backY = top + 34 * (1 - cos) - 12 * Math.sin(share * Math.PI);
    const frontY = top + 34 + 50 * sin - 9 * (1 - cos);
    back.push(station(side * (12 + (reach - 12) * sin), backY, 5.4, 0.34, 0.7));
    front.push(station(side * (reach - (reach - 34) * 0.86 * sin), frontY, 5.6, 0.24 - 0.16 * share, 0.7));
  }
  addPipes(film, [back, front]);
}

/** Height of the diaphragm, the right dome a little above the left. */
function dome(x: number): number {
  const arch = (centre: number): number => Math.sqrt(Math.max(0, 1 - ((x - centre) / 74) ** 2));
  return x < 0 ? 88 - 34 * arch(-68) : 98 - 34 * arch(70);
}

function softParts(film: Film): void {
  const pipes = [
    [station(0, -20, 166, 2.1), station(0, 320, 172, 2.2)],
    [station(0, -300, 54, 1.5), station(0, -110, 62, 1.7)],
  ];
  for (const side of [-1, 1]) {
    pipes.push([
      station(side * 20, -120, 60, 1.6),
      station(side * 110, -112, 66, 1.7),
      station(side * 190, -60, 62, 1.6),
    ]);
  }
  addPipes(film, pipes);
  for (const side of [-1, 1]) {
    addBlob(film, {
      x: side * 68,
      y: 6,
      a: 60,
      b: 150,
      turn: side * -0.04,
      density: -1.5,
      softness: 0.32,
      where: (x, y) => y < dome(x) && side * x > 8,
    });
  }
  // Abdomen under the domes with the gas of the stomach.
  addBlob(film, { x: 0, y: 190, a: 160, b: 140, density: 0.65, softness: 0.3, where: (x, y) => y > dome(x) });
  addBlob(film, { x: 66, y: 100, a: 24, b: 13, density: -0.5, where: (x, y) => y > dome(x) + 6 });
}

function heartAndVessels(film: Film, random: Random): void {
  addBlob(film, { x: 28, y: 48, a: 64, b: 50, turn: 0.5, density: 1.05, softness: 0.45 });
  addBlob(film, { x: -16, y: 34, a: 34, b: 52, density: 0.7, softness: 0.45 });
  addBlob(film, { x: 6, y: -60, a: 27, b: 105, density: 0.75, softness: 0.4 });
  addBlob(film, { x: 22, y: -44, a: 21, b: 20, density: 0.5, softness: 0.4 });
  addBlob(film, { x: 30, y: -12, a: 20, b: 20, density: 0.35 });
  for (const side of [-1, 1]) {
    addBlob(film, { x: side * 42, y: -2, a: 15, b: 22, density: 0.34, turn: side * 0.3 });
    const vessels: Station[][] = [];
    for (let branch = 0; branch < 7; branch++) {
      const angle = side === 1 ? -1.35 + branch * 0.44 : Math.PI + 1.35 - branch * 0.44;
      const start = [side * 38 + 9 * Math.cos(angle), -2 + 9 * Math.sin(angle)] as const;
      growVessel(random, start, angle, 25, 3.6, vessels);
    }
    // One by one: vessels that cross do add up.
    for (const vessel of vessels) addPipes(film, [vessel]);
  }
  addPipes(film, [
    [station(0, -230, 8.5, -0.55), station(1, -100, 8.5, -0.5), station(-2, -42, 8, -0.42)],
    [station(-2, -42, 7, -0.4), station(-34, -12, 5, -0.26)],
    [station(-2, -42, 6.5, -0.4), station(36, -6, 5, -0.22)],
  ]);
}

function bones(film: Film): void {
  for (const side of [-1, 1]) {
    for (let number = 0; number < 10; number++) rib(film, number, side);
    addPipes(film, [
      [
        station(side * 14, -116, 7.5, 0.5, 0.5),
        station(side * 58, -122, 5.8, 0.5, 0.6),
        station(side * 100, -136, 5.8, 0.5, 0.6),
        station(side * 142, -134, 7, 0.5, 0.5),
      ],
    ]);
    // Shoulder blade with its thick outer border, and the upper arm.
    addBlob(film, { x: side * 130, y: -70, a: 20, b: 66, turn: side * 0.32, density: 0.16, softness: 0.25 });
    addPipes(film, [
      [station(side * 112, -10, 3, 0.22), station(side * 128, -64, 4, 0.26), station(side * 146, -112, 6, 0.3)],
    ]);
    addPipes(film, [
      [
        station(side * 172, -108, 24, 0.7, 0.3),
        station(side * 182, -70, 15, 0.8, 0.6),
        station(side * 190, 40, 12, 0.8, 0.6),
      ],
    ]);
  }
  for (let number = 0; number < 18; number++) {
    const y = -220 + number * 24;
    addBlob(film, { x: 0, y, a: 17, b: 10.5, density: 0.42, softness: 0.2 });
    addBlob(film, { x: 0, y: y + 6, a: 4, b: 9, density: 0.2 });
    addBlob(film, { x: -10, y: y - 2, a: 3.4, b: 4.4, density: 0.16 });
    addBlob(film, { x: 10, y: y - 2, a: 3.4, b: 4.4, density: 0.16 });
  }
}

/** A chest from behind (PA), the patient's left at picture right. */
export function drawChest(film: Film, seed: number, label: string, effusion: boolean): void {
  const random = makeRandom(seed, `chest film/${label}`);
  softParts(film);
  heartAndVessels(film, random);
  bones(film);
  if (!effusion) return;
  // Fluid with its level rising towards the side wall.
  addBlob(film, {
    x: 74,
    y: 92,
    a: 62,
    b: 64,
    density: 1.25,
    softness: 0.3,
    where: (x, y) => x > 6 && x < 126 && y > 50 - 0.009 * Math.max(0, x - 40) ** 2 && y < dome(x) + 20,
  });
}
