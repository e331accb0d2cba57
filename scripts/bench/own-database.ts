// A database of the run's own on a PostgreSQL server.
import pg from 'pg'

/** @param url the server, from DATABASE_URL. @throws Error with a sentence if it is missing */
export async function ownDatabase(url: string | undefined): Promise<{ url: string; drop(): Promise<void> }> {
  if (!url) throw new Error('Set DATABASE_URL to a PostgreSQL server, e.g. postgres://postgres@127.0.0.1/postgres')
  const name = `pixlhub_bench_${process.pid}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).toString(),
    async drop() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
