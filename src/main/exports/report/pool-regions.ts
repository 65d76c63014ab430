/** Counts of a region by part, of all measures that there are. */
export interface RegionCounts {
  region: string;
  counts: readonly number[];
}

export interface PooledCounts {
  /** Regions that stand for themselves. */
  shown: RegionCounts[];
  /** Names of those whose counts are told together. */
  pooled: string[];
  /** Their sum; undefined where none had to be pooled. */
  pool: readonly number[] | undefined;
  /** Of all; undefined where even those of all are too small to be shown: then nothing is. */
  total: readonly number[] | undefined;
}

/**
 * Keeps counts from 1 to below `minimum` from being seen or worked out. A region with such a count is told together with others, as many as it
 * takes until no count of the pool is small; regions with the fewest patients go first, as they tell least.
 *
 * This is complementary suppression without holes: what is published are sums of parts, each 0 or at least the minimum, of groups of regions
 * that never overlap. So are all their sums and differences, and the counts of one region in the pool can be had from none of them: the pool
 * has at least two regions, or nothing is shown.
 *
 * All measures are pooled alike, whichever are asked for: were a region shown by one and pooled by another, the total that both share would
 * tell the other regions of the pool.
 */
export function poolRegions(regions: readonly RegionCounts[], minimum: number): PooledCounts {
  const isSmall = (counts: readonly number[]): boolean => counts.some((count) => count > 0 && count < minimum);
  const pooled = regions.filter(({ counts }) => isSmall(counts));
  const rest = regions
    .filter(({ counts }) => !isSmall(counts))
    .sort((a, b) => sum(a.counts) - sum(b.counts) || (a.region < b.region ? -1 : 1));
  if (pooled.length > 0)
    while (rest.length > 0 && (pooled.length < 2 || isSmall(add(pooled)))) pooled.push(rest.shift()!);
  const pool = pooled.length === 0 ? undefined : add(pooled);
  if (pool !== undefined && (pooled.length < 2 || isSmall(pool)))
    return { shown: [], pooled: regions.map(({ region }) => region), pool: undefined, total: undefined };
  const hidden = new Set(pooled.map(({ region }) => region));
  return {
    shown: regions.filter(({ region }) => !hidden.has(region)),
    pooled: regions.map(({ region }) => region).filter((region) => hidden.has(region)),
    pool,
    total: regions.length === 0 ? undefined : add(regions),
  };
}

function add(regions: readonly RegionCounts[]): number[] {
  const counts = (regions[0]?.counts ?? []).map(() => 0);
  for (const region of regions) for (const [part, count] of region.counts.entries()) counts[part]! += count;
  return counts;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
