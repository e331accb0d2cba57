// node e2e/seed-many.ts FOLDER TASKS: a data folder whose embedded database holds a project with many tasks, and a
// manager who can sign in. A process of its own, so that the story's memory is not the database's. Prints, as JSON, what it made.
import { seed } from '../scripts/bench/seed.ts'
import { openDatabase } from '../src/server/db/connect.ts'
import { hashPassword } from '../src/server/people/passwords.ts'

/** `password` is the manager's. */
export type SeededFolder = { project_id: number; email: string; password: string }

const [data_dir, tasks] = process.argv.slice(2)
if (!data_dir || !tasks) throw new Error('name the folder and how many tasks')
const { db, is_embedded, close } = await openDatabase({ data_dir, database_url: null })
const { project_id, manager } = await seed(db, { tasks: Number(tasks), claimers: 0 }, is_embedded)
const password = 'a long password'
const { email } = await db
  .updateTable('person')
  .set({ password_hash: await hashPassword(password) })
  .where('id', '=', manager.id)
  .returning('email')
  .executeTakeFirstOrThrow()
await close()
process.stdout.write(JSON.stringify({ project_id, email, password } satisfies SeededFolder))
