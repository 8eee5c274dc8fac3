// Fails when what the browser must load before the first page works weighs more than allowed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 200;
/** The pages people land on: their code counts as first load too. */
const LANDING = ['src/features/overview/components/overview-page.tsx'];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  (chunk.imports ?? []).forEach(visit);
};
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
[entry, ...LANDING.filter((key) => key in manifest)].forEach(visit);

let total = 0;
for (const file of files) {
  const bytes = gzipSync(readFileSync(new URL(file, dist))).length;
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  first load of at most ${LIMIT_KB} KB`);
if (total > LIMIT_KB * 1024) process.exit(1);
