// node parquet-totals.mjs HYPARQUET FOLDER: of each Parquet file in FOLDER its rows, the sum of each column of whole numbers and the first and last moment of each
// column of moments, read by hyparquet, as one JSON object.
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [library, folder] = process.argv.slice(2)
const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import(pathToFileURL(join(resolve(library), 'src', 'node.js')).href)
const tables = {}
for (const name of readdirSync(folder).filter(name => name.endsWith('.parquet')).sort()) {
  const file = await asyncBufferFromFile(join(folder, name))
  const metadata = await parquetMetadataAsync(file)
  const totals = { declared: Number(metadata.num_rows), rows: 0, sums: {}, first: {}, last: {} }
  for (const row of await parquetReadObjects({ file })) {
    totals.rows++
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === 'bigint') totals.sums[column] = (totals.sums[column] ?? 0n) + value
      if (value instanceof Date) {
        if (!(totals.first[column] <= value)) totals.first[column] = value
        if (!(totals.last[column] >= value)) totals.last[column] = value
      }
    }
  }
  tables[name.slice(0, -'.parquet'.length)] = totals
}
console.log(JSON.stringify(tables, (_, value) => typeof value === 'bigint' ? value.toString() : value))
