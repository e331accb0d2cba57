// Bulk changes: a thousand, a tenth and all of the tasks; alone, and while others work; each undone again.
import type { Selection } from '../../src/model/selection.ts'
import type { Bench } from './bench.ts'
import { hotUpdates } from './hot-updates.ts'
import { TIMES_CHANGE, TIMES_FLOOR } from './limits.ts'
import { type Samples, single, timedLine, valueLine, wordLine } from './measure.ts'
import { whileOthersWork } from './others.ts'
import { type Ended, FOUR_CLEANUPS, outcome, preview, runToEnd, undoToEnd } from './run-operation.ts'

const PREPARE = 1
const REVIEW = 3
const TIMES = 6
const number = (n: number) => n.toLocaleString('en')

/** Small sets are done when the answer comes. Each of other tasks, undone afterwards. */
export async function changeThousand(bench: Bench): Promise<void> {
  const { seeded, client, write_floors } = bench
  const { project_id, tasks, first_id } = seeded
  const size = Math.min(1000, Math.floor(tasks / 20))
  let from = first_id + Math.floor(tasks / 5)
  const series = async (params: object) => {
    const [changes, undos]: [number[], number[]] = [[], []]
    for (let n = 0; n < TIMES; n++, from += size) {
      const ids = Array.from({ length: size }, (_, i) => from + i)
      const wanted = { name: 'change-status', params: { ...params, open: 'take_over' }, selection: { ids } }
      const { answers } = await preview(client, project_id, wanted)
      const done = await runToEnd(client, project_id, wanted, answers)
      changes.push(done.ms)
      undos.push((await undoToEnd(client, project_id, done.operation.id)).ms)
    }
    return { changes: together(changes), undos: together(undos) }
  }
  const share = { clients: 1, per: size, floor_ms: write_floors?.change_1000 }
  const plain = await series({ stage_id: REVIEW })
  bench.add(
    timedLine(bench.about, {
      ...share,
      key: 'change_1000',
      work: `change status of ${number(size)}`,
      samples: plain.changes,
    }),
  )
  const fresh = await series({ stage_id: PREPARE, ...FOUR_CLEANUPS })
  bench.add(
    timedLine(bench.about, {
      ...share,
      key: 'change_1000.cleanups',
      work: `change status of ${number(size)}, all cleanups`,
      samples: fresh.changes,
    }),
  )
  bench.add(
    timedLine(bench.about, {
      ...share,
      key: 'undo_1000',
      work: `undo of changing ${number(size)}`,
      samples: fresh.undos,
    }),
  )
}

export async function changeTenth(bench: Bench): Promise<void> {
  const { seeded, write_floors } = bench
  const count = Math.floor(seeded.tasks / 10)
  const from = seeded.first_id + Math.floor(seeded.tasks / 2)
  const selection: Selection = {
    filter: { conditions: [{ field: 'id', op: 'between', value: [from, from + count - 1] }] },
  }
  const { change, undo } = await thereAndBack(bench, selection, 'tenth', count)
  const share = { clients: 1, per: change.operation.total }
  const work = `change status of ${number(change.operation.total)}, all cleanups`
  bench.add(
    timedLine(bench.about, {
      ...share,
      key: 'change_tenth',
      work,
      samples: single(change.ms),
      floor_ms: write_floors?.change_tenth,
      note: outcome(change.operation),
    }),
  )
  bench.add(
    timedLine(bench.about, {
      ...share,
      key: 'undo_tenth',
      work: `undo of changing ${number(change.operation.total)}`,
      samples: single(undo.ms),
      note: outcome(undo.operation),
    }),
  )
}

/** @returns everything but the tasks that others work on meanwhile */
const allButKept = ({ seeded }: Bench): Selection => ({
  filter: { conditions: [] },
  all: true,
  except: seeded.kept_ids,
})

export async function changeAll(bench: Bench): Promise<void> {
  const hot = await hotUpdates(bench.database_url)
  try {
    const before = await hot?.read()
    const { change, undo } = await thereAndBack(bench, allButKept(bench), 'all', bench.seeded.tasks)
    addAll(bench, change, 'change_all', 'alone')
    addUndo(bench, undo, change)
    if (!hot || !before) return
    const share = await hot.shareSince(before, change.operation.applied + undo.operation.applied)
    bench.add(
      valueLine(bench.about, {
        key: 'hot_updates',
        work: 'heap-only updates of table task meanwhile',
        value: share,
        unit: '%',
      }),
    )
  } finally {
    await hot?.close()
  }
}

export async function changeAmongOthers(bench: Bench): Promise<void> {
  const { client, seeded } = bench
  const wanted = wantedOf(allButKept(bench))
  const { answers } = await preview(client, seeded.project_id, wanted)
  const change = await whileOthersWork(bench, () => runToEnd(client, seeded.project_id, wanted, answers))
  addAll(bench, change, 'change_all_among_others', 'while others read, claim and save')
  const undo = await undoToEnd(client, seeded.project_id, change.operation.id)
  bench.add(wordLine(bench.about, 'undo_after_others', 'undo after that', outcome(undo.operation)))
}

/** A preview whose plan is a row per task. */
async function previewDeal(bench: Bench): Promise<void> {
  const { client, seeded } = bench
  const people = seeded.claimers.slice(0, 10).map(({ id }) => ({ person_id: id }))
  const wanted = { name: 'assign', params: { people }, selection: allButKept(bench) }
  const { ms, answers } = await preview(client, seeded.project_id, wanted)
  const total = answers.expected_count
  const work = `preview of dealing ${number(total)} to ten`
  bench.add(timedLine(bench.about, { key: 'preview_deal', work, clients: 1, per: total, samples: single(ms) }))
}

export async function autoSplit(bench: Bench): Promise<void> {
  const { client, seeded, write_floors } = bench
  const { project_id } = seeded
  await previewDeal(bench)
  const wanted = {
    name: 'set-split',
    params: { kind: 'auto', seed: 'bench', mode: 'everything' },
    selection: allButKept(bench),
  }
  const { ms, answers, applied } = await preview(client, project_id, wanted)
  const { total } = { total: answers.expected_count }
  bench.add(
    timedLine(bench.about, {
      key: 'preview_auto_split',
      work: `preview of Auto split of ${number(total)}`,
      clients: 1,
      per: total,
      samples: single(ms),
    }),
  )
  const done = await runToEnd(client, project_id, wanted, answers)
  bench.add(
    timedLine(bench.about, {
      key: 'auto_split',
      work: `Auto split of ${number(total)}, seeded`,
      clients: 1,
      per: total,
      samples: single(done.ms),
      floor_ms: write_floors?.auto_split,
      note: outcome(done.operation),
      is_wrong: done.operation.applied !== applied,
    }),
  )
}

const together = (times: number[]): Samples => ({ times, total_ms: times.reduce((a, b) => a + b, 0) })
const wantedOf = (selection: Selection) => ({
  name: 'change-status',
  params: { stage_id: PREPARE, ...FOUR_CLEANUPS, open: 'take_over' },
  selection,
})

/** Previews, changes and undoes; reports the preview. @param scale tasks that the floor stands for */
async function thereAndBack(bench: Bench, selection: Selection, key: string, scale: number) {
  const { client, seeded } = bench
  const wanted = wantedOf(selection)
  const { ms, answers } = await preview(client, seeded.project_id, wanted)
  bench.add(
    timedLine(bench.about, {
      key: `preview_${key}`,
      work: `preview of changing ${number(answers.expected_count)}`,
      clients: 1,
      per: scale,
      samples: single(ms),
    }),
  )
  const change = await runToEnd(client, seeded.project_id, wanted, answers)
  const undo = await undoToEnd(client, seeded.project_id, change.operation.id)
  return { change, undo }
}

function addAll(bench: Bench, { operation, ms }: Ended, key: string, how: string): void {
  const floor_ms = bench.write_floors?.change_all
  bench.add(
    timedLine(bench.about, {
      key,
      work: `change status of ${number(operation.total)}, all cleanups, ${how}`,
      clients: 1,
      per: operation.total,
      samples: single(ms),
      floor_ms,
      limit_ms: floor_ms === undefined ? undefined : floor_ms * TIMES_FLOOR,
      note: outcome(operation),
    }),
  )
}

function addUndo(bench: Bench, undo: Ended, change: Ended): void {
  bench.add(
    timedLine(bench.about, {
      key: 'undo_all',
      work: `undo of changing ${number(change.operation.total)}`,
      clients: 1,
      per: undo.operation.total,
      samples: single(undo.ms),
      floor_ms: bench.write_floors?.undo_all,
      limit_ms: change.ms * TIMES_CHANGE,
      note: outcome(undo.operation),
      is_wrong: undo.operation.applied !== change.operation.applied,
    }),
  )
}
