/** What platforms said about a clause: in a box of its own, never beside the words of the text. */

import { olderPostsWords } from '../../../contract/model/policy.ts';
import type { StatementEntry } from '../../bundle/rules.ts';
import { foreign, type Html, html } from './html.ts';
import type { RuleBook } from './rule-book.ts';
import { who } from './words.ts';

const effects = {
  applies: 'From that day, by this statement, the clause applies so.',
  ends: 'From that day, by this statement, it applies so no longer.',
  explains: 'It explains the clause and changes nothing of whether it applies.',
} as const;

/** What a statement says of posts that are older than the clause, as a sentence. */
function ofOlderPosts({ olderPosts }: StatementEntry): string | null {
  if (olderPosts === undefined) return null;
  return ` Of posts that are older than the clause it says: ${olderPostsWords(olderPosts)}.`;
}

export function statementBox(statements: readonly StatementEntry[], book: RuleBook): Html {
  return html`<aside class="statements"><p class="kind">Said about this clause; not part of its text</p>${statements.map(
    (statement) =>
      html`<blockquote class="small" dir="auto">${statement.text}</blockquote><p class="soft">${foreign(statement.speaker)}, ${statement.saidOn}${
        statement.reportedIn === null
          ? '; at first hand'
          : html`; reported in ${foreign(statement.reportedIn)}`
      }${statement.address === null ? null : html`, <code>${foreign(statement.address)}</code>`}${
        statement.capture === null
          ? null
          : html`; the capture <code>${statement.capture}</code> of the archive shows it, and need not be in this bundle`
      }. ${effects[statement.effect]}${ofOlderPosts(statement)} Noted by ${who(statement.actor)} on ${book.when(statement.time)}.</p>`,
  )}</aside>`;
}
