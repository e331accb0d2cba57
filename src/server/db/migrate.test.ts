import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from './connect.ts'

const server = process.env.DATABASE_URL

test.skipIf(!server)('a database that does not keep text as UTF-8 is refused in words', async () => {
  const admin = new pg.Client(server)
  await admin.connect()
  const name = `ascii_${process.pid}`
  try {
    await admin.query(`create database ${name} encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0`)
    const url = new URL(server as string)
    url.pathname = name
    const opening = openDatabase({ data_dir: '', database_url: url.href })
    await expect(opening).rejects.toThrow('keeps text as SQL_ASCII')
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
})
