/** Ids: UUID version 7 (RFC 9562, section 5.7), in the order in which one process makes them. */
import { v7 } from 'uuid';

/** A new id, lower case. Carries the time of its making in milliseconds; no other fact. */
export function newId(): string {
  return v7();
}
