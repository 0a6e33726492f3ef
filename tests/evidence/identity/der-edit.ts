/** Changing DER for attacks: replaces one value deep inside and mends all lengths around it. */
import { concatBytes } from '../../../evidence/digest/sha256.ts';
import { type DerNode, readDer } from '../../../evidence/identity/der.ts';

export function wrap(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return concatBytes(Uint8Array.of(tag, ...length), content);
}

/** `path`: index of the child at each level. `change` gets the value there and gives what stands in its place. */
export function edit(
  bytes: Uint8Array,
  path: readonly number[],
  change: (node: DerNode) => readonly Uint8Array[],
): Uint8Array {
  return concatBytes(...editNode(readDer(bytes), path, change));
}

function editNode(
  node: DerNode,
  [index, ...rest]: readonly number[],
  change: (node: DerNode) => readonly Uint8Array[],
): readonly Uint8Array[] {
  if (index === undefined) return change(node);
  if (node.children[index] === undefined) throw new Error(`no child ${index} at byte ${node.offset}`);
  const children = node.children.flatMap((child, i) =>
    i === index ? editNode(child, rest, change) : [child.bytes],
  );
  return [wrap(node.tag, ...children)];
}

export function at(bytes: Uint8Array, path: readonly number[]): DerNode {
  let node = readDer(bytes);
  for (const index of path) {
    const child = node.children[index];
    if (child === undefined) throw new Error(`no child ${index} at byte ${node.offset}`);
    node = child;
  }
  return node;
}
