// live/: what open pages are told while somebody looks. Nothing is changed here, and nothing runs while nobody looks.
// This file: the open streams of this server process, bounded, and ended when it stops (docs/decisions/0011).
import { Readable } from 'node:stream'
import { Failure } from '../../model/failure.ts'
import type { Database } from '../db/connect.ts'
import { ProjectFeed } from './project-feed.ts'
import { Viewer } from './viewer.ts'

/** A browser opens one stream per visible tab; twelve are many windows. */
const STREAMS_OF_PERSON_MAX = 12
/** An idle stream costs about 20 KB and a socket. */
const STREAMS_MAX = 1000

type Who = { person_id: number; mayFollowOperations: boolean; isSignedIn: () => Promise<boolean> }

export class Live {
  readonly #db: Database
  readonly #onError: (error: unknown) => void
  readonly #feeds = new Map<number, ProjectFeed>()
  readonly #viewers = new Set<Viewer>()
  #isClosed = false

  constructor(db: Database, onError: (error: unknown) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** Projects that somebody looks at. */
  get feedCount(): number {
    return this.#feeds.size
  }

  /**
   * A stream of events that ends when the reader goes, loses the right, or the server stops.
   * @throws Failure too_many_streams
   */
  async follow(project_id: number, who: Who): Promise<Readable> {
    if (this.#isClosed) return Readable.from([])
    const own = [...this.#viewers].filter((v) => v.person_id === who.person_id).length
    if (own >= STREAMS_OF_PERSON_MAX || this.#viewers.size >= STREAMS_MAX)
      throw new Failure('too_many_streams', 'Close other windows of PixlHub; this one asks again every few seconds.')
    const viewer = new Viewer(who.person_id, who.mayFollowOperations, who.isSignedIn)
    const open = this.#feeds.get(project_id)
    // Who was dismissed may still be connected, to a feed that has ended.
    const feed = open && !open.isOver ? open : new ProjectFeed(this.#db, project_id, this.#onError)
    this.#feeds.set(project_id, feed)
    this.#viewers.add(viewer)
    viewer.stream.once('close', () => {
      this.#viewers.delete(viewer)
      feed.leave(viewer)
      if (feed.viewerCount === 0 && this.#feeds.get(project_id) === feed) this.#feeds.delete(project_id)
    })
    await feed.add(viewer)
    return viewer.stream
  }

  /**
   * The database may have forgotten what was told (ColumnIndex.doubt), and how far a feed has looked means nothing any more:
   * pages connect again, and read anew.
   */
  doubt(): void {
    for (const feed of this.#feeds.values()) void feed.close()
  }

  /** Before the server closes its sockets, so that browsers see an end and not a break. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#feeds.values()].map((feed) => feed.close()))
  }
}
