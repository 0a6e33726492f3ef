/** What a clause seems to do, by its heading and its words. A proposal: a person confirms or corrects it. */
import type { ClauseRole } from '../../contract/model/policy.ts';

const exceptionHeading =
  /\bnot (?:a |considered )?violat|\bnot in violation|\bexceptions?\b|\bwhat(?: is|['’]s)? (?:is )?allowed|\bpermitted\b|^(?:we )?allow|^you (?:may|can) share\b|\bdo(?:es)? not apply/i;
const sanctionHeading =
  /\bwhat happens (?:if|when) you violate|\bconsequences\b|\bpenalt|\benforcement (?:actions?|options)|^(?:warnings?|strikes|suspensions?|account (?:restrictions|bans?))\b/i;
const prohibitionHeading =
  /\bin violation of\b|\b(?:please )?do not\b|\bviolations include|\bprohibit|\bnot allowed\b|\bwe (?:do not|don['’]t) (?:allow|permit)|\bviolat(?:es|ions?) (?:of )?this policy|^what you (?:can['’]t|cannot|may not)/i;
const guideHeading =
  /\bhow (?:do i|can i|to|are)\b|\bwho can\b|\breport(?:ing)?\b|\badditional resources\b|\bappeals?\b/i;

const sanction =
  /\b(?:may|will|can|could) (?:also )?(?:be |lead to |result in )(?:\w+ ){0,3}(?:suspen|remov|lock|ban|terminat|restrict|limit|disabl)|\bwe (?:may|will)(?: also)?(?: \w+(?:ly)?(?: and \w+ly)?)? (?:suspend|remove|lock|ban|restrict|terminate|disable|require you|limit|take (?:enforcement )?action)|\bpermanently suspend|\bsubject to (?:\w+ ){0,3}(?:suspension|removal)|\b(?:first|second|third) time you violate|\brequire(?:d|s)? (?:you|them|the \w+) to (?:remove|delete)/i;
const exception =
  /\bexceptions? (?:may|can|will|are|to)\b|\b(?:we|x|twitter|tiktok) (?:also |may |will |generally |do )*(?:allows?|permits?|make exceptions?)\b|\b(?:is|are|may be) (?:generally |also )?(?:allowed|permitted)\b|\b(?:does|do) not apply\b|\bnot (?:considered )?(?:a |in )violation|\bthis policy does not\b|\byou (?:may|can) share\b/i;
const prohibition =
  /\byou (?:also |must |agree to )?(?:may|can|must|should|shall|agree)?(?: ?not|['’]t|not)\b|\byou can(?:not|['’]t)\b|\bmay not be\b|\bprohibit|\bnot (?:allowed|permitted|eligible)\b|\bzero[- ]tolerance\b|\b(?:do not|don['’]t|never) (?:allow|permit|tolerate|post|share|use|engage|want|create|promote|threaten|impersonate)|\bviolations? (?:of this policy )?(?:include|are)|\bis a violation\b|\bagainst (?:our|the) (?:rules|policies)|\bis (?:strictly )?forbidden|\bno place (?:on|for)\b|\bin violation\b|^(?:do not|don['’]t)\b/i;
const definition =
  /\b(?:we|x|twitter|tiktok) (?:generally )?(?:defines?|considers?)\b|\b(?:is|are) defined as\b|\brefers? to\b|\bmeans\b|\b(?:is|are) (?:any|when|those (?:that|who))\b|\bby [“"][^”"]{1,60}[”"]/i;

/**
 * `heading`: the words of the nearest heading; `above`: those of the headings around it, outermost first. Null: it
 * explains, names resources, or says how to report.
 */
export function proposeRole(text: string, heading: string, above: readonly string[]): ClauseRole | null {
  const near = [heading, ...[...above].reverse()].filter((words) => words !== '').slice(0, 2);
  for (const words of near) {
    if (exceptionHeading.test(words)) return 'exception';
    if (sanctionHeading.test(words)) return sanction.test(text) || exception.test(text) ? 'sanction' : null;
    if (guideHeading.test(words)) return null;
    if (prohibitionHeading.test(words))
      return exception.test(text) && !prohibition.test(text) ? 'exception' : 'prohibition';
  }
  return roleOfWords(text);
}

/** By the first sentence that says one of them. */
function roleOfWords(text: string): ClauseRole | null {
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    if (/^\W*(?:learn|read) more\b/i.test(sentence)) continue;
    if (exception.test(sentence) && !prohibition.test(sentence)) return 'exception';
    if (prohibition.test(sentence)) return 'prohibition';
    if (sanction.test(sentence)) return 'sanction';
    if (definition.test(sentence)) return 'definition';
  }
  return null;
}
