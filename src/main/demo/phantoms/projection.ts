/**
 * Radiographs as sums of what the beam has to pass: each body adds its thickness times its density to the line integral of the
 * pixels it covers. Coordinates are millimetres from the centre, x to the right, y downwards.
 */
export interface Film {
  columns: number;
  rows: number;
  spacing: number;
  /** Line integrals of attenuation. */
  shadow: Float32Array;
  /** Scratch of the same size, all zero between calls. */
  layer: Float32Array;
}

export function makeFilm(columns: number, rows: number, spacing: number): Film {
  const [shadow, layer] = [new Float32Array(columns * rows), new Float32Array(columns * rows)];
  return { columns, rows, spacing, shadow, layer };
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function eachPixel(film: Film, box: Box, visit: (at: number, x: number, y: number) => void): void {
  const { columns, rows, spacing } = film;
  const firstColumn = Math.max(0, Math.floor(box.left / spacing + columns / 2 - 0.5));
  const lastColumn = Math.min(columns - 1, Math.ceil(box.right / spacing + columns / 2 - 0.5));
  const firstRow = Math.max(0, Math.floor(box.top / spacing + rows / 2 - 0.5));
  const lastRow = Math.min(rows - 1, Math.ceil(box.bottom / spacing + rows / 2 - 0.5));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row - rows / 2 + 0.5) * spacing;
    for (let column = firstColumn; column <= lastColumn; column++) {
      visit(row * columns + column, (column - columns / 2 + 0.5) * spacing, y);
    }
  }
}

export interface Blob {
  x: number;
  y: number;
  a: number;
  b: number;
  turn?: number;
  /** Attenuation along the longest ray through it; negative for air within tissue. */
  density: number;
  /** 0.5 is a true ellipsoid; larger falls off more softly towards the border, smaller more sharply. */
  softness?: number;
  /** Keeps the blob to one side of a border. */
  where?: (x: number, y: number) => boolean;
}

/** Adds an ellipsoid. */
export function addBlob(film: Film, blob: Blob): void {
  const cos = Math.cos(blob.turn ?? 0);
  const sin = Math.sin(blob.turn ?? 0);
  const halfWidth = Math.sqrt((blob.a * cos) ** 2 + (blob.b * sin) ** 2);
  const halfHeight = Math.sqrt((blob.a * sin) ** 2 + (blob.b * cos) ** 2);
  const power = blob.softness ?? 0.5;
  const box = {
    left: blob.x - halfWidth,
    right: blob.x + halfWidth,
    top: blob.y - halfHeight,
    bottom: blob.y + halfHeight,
  };
  eachPixel(film, box, (at, x, y) => {
    const dx = x - blob.x;
    const dy = y - blob.y;
    const u = (dx * cos + dy * sin) / blob.a;
    const v = (dy * cos - dx * sin) / blob.b;
    const share = 1 - u * u - v * v;
    if (share <= 0 || (blob.where !== undefined && !blob.where(x, y))) return;
    const thickness = power === 0.5 ? Math.sqrt(share) : share ** power;
    film.shadow[at] = (film.shadow[at] ?? 0) + blob.density * thickness;
  });
}

/** One way point of a round pipe: between two of them everything runs evenly. */
export interface Station {
  x: number;
  y: number;
  radius: number;
  /** Attenuation through the middle; negative for air. */
  density: number;
  /** Share of the radius that is hollow: the marrow of long bones. */
  hollow: number;
}

export function station(x: number, y: number, radius: number, density: number, hollow = 0): Station {
  return { x, y, radius, density, hollow };
}

function paintPiece(film: Film, from: Station, to: Station, box: Box): void {
  const { layer } = film;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const seam = square === 0 ? 0 : 1.5 / Math.sqrt(square);
  eachPixel(film, box, (at, x, y) => {
    const share = square === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / square;
    // Only solid ends are round: a rounded end of a hollow piece would close the marrow like a lid. What is left closes the bends.
    if ((share < -seam && from.hollow > 0.3) || (share > 1 + seam && to.hollow > 0.3)) return;
    const along = Math.max(0, Math.min(1, share));
    const offX = x - from.x - along * dx;
    const offY = y - from.y - along * dy;
    const off = offX * offX + offY * offY;
    const radius = from.radius + (to.radius - from.radius) * along;
    if (off >= radius * radius) return;
    const inner = radius * (from.hollow + (to.hollow - from.hollow) * along);
    const wall = Math.sqrt(radius * radius - off) - (off < inner * inner ? 0.75 * Math.sqrt(inner * inner - off) : 0);
    const value = ((from.density + (to.density - from.density) * along) * wall) / radius;
    if (Math.abs(value) > Math.abs(layer[at] ?? 0)) layer[at] = value;
  });
}

/**
 * Adds bent pipes with round ends as one body: where pieces overlap the thickest counts, so that joints are not counted twice.
 */
export function addPipes(film: Film, pipes: readonly (readonly Station[])[]): void {
  const { layer, shadow } = film;
  const boxes: Box[] = [];
  for (const pipe of pipes) {
    for (let piece = 0; piece + 1 < pipe.length; piece++) {
      const [from, to] = [pipe[piece], pipe[piece + 1]];
      if (from === undefined || to === undefined) continue;
      const widest = Math.max(from.radius, to.radius);
      const box = {
        left: Math.min(from.x, to.x) - widest,
        right: Math.max(from.x, to.x) + widest,
        top: Math.min(from.y, to.y) - widest,
        bottom: Math.max(from.y, to.y) + widest,
      };
      boxes.push(box);
      paintPiece(film, from, to, box);
    }
  }
  for (const box of boxes) {
    eachPixel(film, box, (at) => {
      shadow[at] = (shadow[at] ?? 0) + (layer[at] ?? 0);
      layer[at] = 0;
    });
  }
}
