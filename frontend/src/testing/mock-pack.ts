import type { AuditEvent } from '@/api/types';
import { Refusal } from './refusal';

interface Packed {
  name: string;
  events: AuditEvent[];
}

/** The events that a proof pack is about, and what its file is called. */
export function packed(log: readonly AuditEvent[], query: URLSearchParams): Packed {
  const [expenseId, ownerId, from, to] = ['expenseId', 'ownerId', 'from', 'to'].map((name) =>
    query.get(name),
  );
  if (!expenseId && !(ownerId && from && to))
    throw new Refusal(400, 'validation', 'Some values cannot be accepted.', {
      errors: [{ field: 'expenseId', message: 'is needed, or ownerId with from and to' }],
    });
  const ofOne = (id: string | null | undefined) => log.filter(({ aggregateId }) => aggregateId === id);
  const inPeriod = log.filter(({ ownerId: owner, payload }) => {
    const { spentOn } = payload as { spentOn?: string };
    return owner === ownerId && spentOn && spentOn >= from! && spentOn <= to!;
  });
  const events = expenseId
    ? ofOne(expenseId)
    : [...new Set(inPeriod.map(({ aggregateId }) => aggregateId))].flatMap(ofOne);
  if (events.length === 0) throw new Refusal(404, 'not-found', 'There is nothing to prove.');
  return {
    name: expenseId ? `proof-${expenseId}.zip` : `proof-${ownerId}-${from}-${to}.zip`,
    events: [...events].sort((a, b) => a.position - b.position),
  };
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

const numbers = (...parts: [value: number, bytes: 2 | 4][]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 0xff)),
  );

/** A ZIP of the stored events, uncompressed: what a browser saves, without the proofs that only a sealer can make. */
export function zipOf(events: AuditEvent[]): Uint8Array<ArrayBuffer> {
  const text = (content: string) => new TextEncoder().encode(content);
  const name = text('events.ndjson');
  const data = text(events.map(({ stored }) => `${JSON.stringify(stored)}\n`).join(''));
  const common = numbers(
    [0x14, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0x21, 2],
    [crc32(data), 4],
    [data.length, 4],
    [data.length, 4],
    [name.length, 2],
    [0, 2],
  );
  const local = [numbers([0x04034b50, 4]), common, name];
  const size = local.reduce((all, part) => all + part.length, 0) + data.length;
  const central = [
    numbers([0x02014b50, 4], [0x14, 2]),
    common,
    numbers([0, 2], [0, 2], [0, 2], [0, 4], [0, 4]),
    name,
  ];
  const length = central.reduce((all, part) => all + part.length, 0);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [1, 2], [1, 2], [length, 4], [size, 4], [0, 2]);
  return Uint8Array.from([...local, data, ...central, end].flatMap((part) => [...part]));
}
