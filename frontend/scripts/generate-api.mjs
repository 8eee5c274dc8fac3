// Makes src/api/generated/*.d.ts from the OpenAPI documents of the two services.
import { mkdir, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

/** Folder that holds command-api.json and query-api.json, seen from frontend/. */
const DOCUMENTS = new URL('../provisional/', import.meta.url);

const target = new URL('../src/api/generated/', import.meta.url);
await mkdir(target, { recursive: true });
for (const side of ['command', 'query']) {
  const types = astToString(await openapiTS(new URL(`${side}-api.json`, DOCUMENTS)));
  await writeFile(
    new URL(`${side}.d.ts`, target),
    `// Made by npm run generate:api; never edited.\n${types}`,
  );
}
