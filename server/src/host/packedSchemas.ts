/** Distilled schemas as bytes: a header in JSON, then the lists of numbers as they lie in memory. */
import { type DistilledSchemas } from "../core/knowledge/etc/distil.ts";
import { type FieldTables } from "../core/knowledge/etc/fieldTables.ts";

/** Of entries of the cache. */
export const SCHEMAS_KIND = "schemas";

/** Everything but the lists of numbers, whose lengths stand in their place. */
interface Header extends Omit<DistilledSchemas, "tables"> {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly tableCount: number;
  readonly rowCount: number;
}

/** Lists of numbers begin at a multiple of this. */
const ALIGNMENT = 4;
const LENGTH_SIZE = 4;

export function packedSchemas({ tables, ...rest }: DistilledSchemas): Uint8Array {
  const { names, types, starts, nameIds, typeIds } = tables;
  const header: Header = {
    ...rest,
    names,
    types,
    tableCount: starts.length - 1,
    rowCount: nameIds.length,
  };
  const text = Buffer.from(JSON.stringify(header));
  const lists = [starts, nameIds, typeIds].map((list) =>
    Buffer.from(list.buffer, list.byteOffset, list.byteLength),
  );
  const start = aligned(LENGTH_SIZE + text.length);
  const bytes = Buffer.alloc(start + lists.reduce((sum, list) => sum + list.length, 0));
  bytes.writeUInt32LE(text.length, 0);
  text.copy(bytes, LENGTH_SIZE);
  let at = start;
  for (const list of lists) at += list.copy(bytes, at);
  return bytes;
}

/** Of bytes that `packedSchemas` made: whoever kept them vouches for that. */
export function unpackedSchemas(bytes: Uint8Array): DistilledSchemas {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.readUInt32LE(0);
  const text = view.toString("utf8", LENGTH_SIZE, LENGTH_SIZE + length);
  const { names, types, tableCount, rowCount, ...rest } = JSON.parse(text) as Header; // Written above.
  return {
    ...rest,
    tables: { names, types, ...lists(bytes, aligned(LENGTH_SIZE + length), tableCount, rowCount) },
  };
}

function lists(
  bytes: Uint8Array,
  start: number,
  tableCount: number,
  rowCount: number,
): Pick<FieldTables, "starts" | "nameIds" | "typeIds"> {
  // A copy begins where numbers may begin, and lets go of the bytes of the header.
  const numbers = new Uint8Array(bytes.subarray(start)).buffer;
  const namesAt = (tableCount + 1) * Uint32Array.BYTES_PER_ELEMENT;
  const typesAt = namesAt + rowCount * Uint32Array.BYTES_PER_ELEMENT;
  return {
    starts: new Uint32Array(numbers, 0, tableCount + 1),
    nameIds: new Uint32Array(numbers, namesAt, rowCount),
    typeIds: new Uint16Array(numbers, typesAt, rowCount),
  };
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
