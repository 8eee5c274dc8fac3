// Makes src/api/generated/*.d.ts from the approved OpenAPI documents of the two services.
// With --check it writes nothing and fails where a file is not what would be made now.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

/** Folder that holds command-api.json and query-api.json, seen from frontend/. */
const DOCUMENTS = new URL('../../docs/api/', import.meta.url);
const TARGET = new URL('../src/api/generated/', import.meta.url);

const checkOnly = process.argv.includes('--check');
const outdated = [];
await mkdir(TARGET, { recursive: true });
for (const side of ['command', 'query']) {
  const types = astToString(await openapiTS(new URL(`${side}-api.json`, DOCUMENTS)));
  const wanted = `// Made by npm run generate:api; never edited.\n${types}`;
  const file = new URL(`${side}.d.ts`, TARGET);
  if (!checkOnly) await writeFile(file, wanted);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) outdated.push(`${side}.d.ts`);
}
if (outdated.length) {
  console.error(`Out of date with docs/api: ${outdated.join(', ')}. Run npm run generate:api and commit.`);
  process.exit(1);
}
