// What is live of one project in this tab: one stream however many views listen; it ends with the last of them.
import { urlOf } from '../../contract/client.ts'
import type { LiveMessage } from '../../contract/live.ts'
import { queryClient, reach } from '../api.ts'
import { Connection } from './connection.ts'
import { type ChangedTasks, News } from './news.ts'
import { refreshOperations, refreshTasks, tellOperations } from './refresh-queries.ts'

/** Told which tasks changed (null: any). A promise is waited for before the next news comes. */
export type TasksListener = (changed: ChangedTasks) => unknown

/** The stream stays a moment after its last listener: the next page of the project begins to listen just then. */
const LINGER_MS = 2000

const projects = new Map<number, ProjectLive>()

/** Listens to a project. @returns the way to stop */
export function follow(project_id: number, onTasks?: TasksListener): () => void {
  const live = projects.get(project_id) ?? new ProjectLive(project_id)
  projects.set(project_id, live)
  return live.listen(onTasks)
}

class ProjectLive {
  readonly #project_id: number
  readonly #connection: Connection
  readonly #news: News
  readonly #listeners = new Set<{ onTasks: TasksListener | undefined }>()
  #lingering: ReturnType<typeof setTimeout> | null = null

  constructor(project_id: number) {
    this.#project_id = project_id
    this.#news = new News((changed) =>
      Promise.allSettled([
        refreshTasks(queryClient, project_id, changed),
        ...[...this.#listeners].map(async (l) => l.onTasks?.(changed)),
      ]),
    )
    this.#connection = new Connection({
      open: (hear, broken) => {
        const source = new EventSource(urlOf('follow_project', { project_id }))
        let wasHeard = false
        source.onmessage = (event: MessageEvent<string>) => {
          wasHeard = true
          hear(event.data)
        }
        source.onerror = () => {
          reach.unanswered(wasHeard)
          broken()
        }
        return () => source.close()
      },
      onMessage: (message) => this.#hear(message),
      onGap: () => {
        this.#news.add(null)
        void refreshOperations(queryClient, project_id)
      },
    })
    document.addEventListener('visibilitychange', this.#look)
    this.#connection.start()
    this.#look()
  }

  listen(onTasks: TasksListener | undefined): () => void {
    const listener = { onTasks }
    this.#listeners.add(listener)
    if (this.#lingering) clearTimeout(this.#lingering)
    this.#lingering = null
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#lingering ??= setTimeout(() => this.#end(), LINGER_MS)
    }
  }

  #hear(message: LiveMessage): void {
    if (message.kind === 'tasks') this.#news.add(message.many ? null : message.ids)
    if (message.kind === 'operations') tellOperations(queryClient, this.#project_id, message.operations)
  }

  readonly #look = () => {
    const isVisible = document.visibilityState === 'visible'
    this.#connection.setVisible(isVisible)
    if (isVisible) this.#news.resume()
    else this.#news.pause()
  }

  #end(): void {
    document.removeEventListener('visibilitychange', this.#look)
    this.#connection.stop()
    this.#news.stop()
    projects.delete(this.#project_id)
  }
}
