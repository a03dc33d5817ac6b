// Reads a JSON array of JSON-LD documents from standard input, writes a JSON array of their canonical N-Quads (RDFC-1.0) to standard output.
// Nothing is fetched: a context that is not in the document is an error. So is whatever a processor would drop without a word (safe mode).
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';

const documentLoader = async (url) => {
  throw new Error(`The document refers to ${url}: its context must stand in the document itself.`);
};

try {
  const results = [];
  for (const document of JSON.parse(readFileSync(0, 'utf8'))) {
    results.push(await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader, base: null,
    }));
  }
  process.stdout.write(JSON.stringify(results));
} catch (error) {
  const dropped = error.details?.event ? `: ${error.details.event.message} ${JSON.stringify(error.details.event.details)}` : '';
  process.stderr.write(`${error.message}${dropped}\n`);
  process.exitCode = 1;
}
