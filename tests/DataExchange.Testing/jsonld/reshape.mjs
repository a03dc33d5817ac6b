// Reads one JSON-LD document from standard input, expands it and compacts it again with a context of other names, and writes both forms as an array.
// Nothing is fetched: a context that is not in the document is an error.
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';

const documentLoader = async (url) => {
  throw new Error(`The document refers to ${url}: its context must stand in the document itself.`);
};

const context = {
  d: 'http://www.w3.org/ns/dcat#', terms: 'http://purl.org/dc/terms/', person: 'http://xmlns.com/foaf/0.1/', id: '@id', type: '@type',
  datasets: { '@id': 'd:dataset', '@container': '@set' }, title: { '@id': 'terms:title', '@container': '@language' },
};

try {
  const expanded = await jsonld.expand(JSON.parse(readFileSync(0, 'utf8')), { safe: true, documentLoader, base: null });
  process.stdout.write(JSON.stringify([expanded, await jsonld.compact(expanded, context, { documentLoader, base: null })].map((form) => JSON.stringify(form))));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
