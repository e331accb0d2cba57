// What two looks at the database say of each other. A snapshot is written `xmin:xmax:…`; the numbers of transactions only rise.

/**
 * Whether the database has forgotten transactions that an earlier look saw: it crashed before they were on its disk, and
 * gives their numbers to others now.
 */
export const hasGoneBack = (earlier: string, later: string): boolean => xmaxOf(later) < xmaxOf(earlier)

const xmaxOf = (snapshot: string) => BigInt(snapshot.split(':')[1] ?? '')
