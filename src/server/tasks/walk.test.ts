// Walking a whole list page by page while others change it: by the index and by SQL.
import { expect, test } from 'vitest'
import { testServer } from '../testing.ts'

const COUNT = 600
const WRITERS = 20

test.each([
  ['the column index', '0', 'id'],
  ['the column index', '0', '-priority'],
  ['SQL', '1000000', 'name'],
  ['SQL', '1000000', '-priority'],
])(
  'by %s (from %s tasks on), in the order %s, while 20 change tasks: none twice, none missed',
  async (_, from, sort) => {
    const server = await testServer({ PIXLHUB_INDEX_FROM: from })
    try {
      const p = await server.project()
      const { project_id } = p
      const ids = await p.tasks(COUNT, { stage_id: p.stage('label') })
      if (from === '0') expect(await server.app.columns.load(project_id)).toBe(true)
      const isChanging = (id: number) => id % 3 === 0
      const changing = ids.filter(isChanging)
      let isOver = false
      const write = async (n: number) => {
        for (let round = 0; !isOver; round++) {
          const some = changing.filter((_, i) => i % WRITERS === n).slice(round % 5, (round % 5) + 8)
          const params = { priority: ((n * 37 + round * 11) % 200) - 100 }
          await p.manager.api.run_operation({ project_id, key: `walk-${n}-${round}`, name: 'set-priority', params, selection: { ids: some } }) // biome-ignore format: one call
        }
      }
      const writers = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(n)))
      const seen: number[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await p.manager.api.list_tasks({ project_id, sort, limit: 50, ...(cursor ? { cursor } : {}) })
        seen.push(...page.tasks.map((t) => t.id))
        if (!page.next_cursor) break
        cursor = page.next_cursor
      }
      isOver = true
      await writers
      const isFixed = sort !== '-priority'
      // A task whose place in the order changes may be met in both places; what nobody touches never.
      const counted = isFixed ? seen : seen.filter((id) => !isChanging(id))
      expect(new Set(counted).size).toBe(counted.length)
      expect([...counted].sort((a, b) => a - b)).toEqual(isFixed ? ids : ids.filter((id) => !isChanging(id)))
    } finally {
      await server.close()
    }
  },
)
