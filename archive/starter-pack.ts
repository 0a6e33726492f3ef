/** The clauses that every new archive starts with. */
import { clausePackSchema } from '../contract/model/clause.ts';
import pack from '../policies/starter-pack.json' with { type: 'json' };

export const starterPack = clausePackSchema.parse(pack);
