/** The words by which a clause shows what it does, one set a language. */

/** Patterns over a heading, and over the words of a clause. */
export interface RoleWords {
  heading: { exception: RegExp; sanction: RegExp; prohibition: RegExp; guide: RegExp };
  sanction: RegExp;
  exception: RegExp;
  prohibition: RegExp;
  definition: RegExp;
  /** A sentence that only points elsewhere. */
  readMore: RegExp;
}

const english: RoleWords = {
  heading: {
    exception:
      /\bnot (?:a |considered )?violat|\bnot in violation|\bexceptions?\b|\bwhat(?: is|['’]s)? (?:is )?allowed|\bpermitted\b|^(?:we )?allow|^you (?:may|can) share\b|\bdo(?:es)? not apply/i,
    sanction:
      /\bwhat happens (?:if|when) you violate|\bconsequences\b|\bpenalt|\benforcement (?:actions?|options)|^(?:warnings?|strikes|suspensions?|account (?:restrictions|bans?))\b/i,
    prohibition:
      /\bin violation of\b|\b(?:please )?do not\b|\bviolations include|\bprohibit|\bnot allowed\b|\bwe (?:do not|don['’]t) (?:allow|permit)|\bviolat(?:es|ions?) (?:of )?this policy|^what you (?:can['’]t|cannot|may not)/i,
    guide:
      /\bhow (?:do i|can i|to|are)\b|\bwho can\b|\breport(?:ing)?\b|\badditional resources\b|\bappeals?\b/i,
  },
  sanction:
    /\b(?:may|will|can|could) (?:also )?(?:be |lead to |result in )(?:\w+ ){0,3}(?:suspen|remov|lock|ban|terminat|restrict|limit|disabl)|\bwe (?:may|will)(?: also)?(?: \w+(?:ly)?(?: and \w+ly)?)? (?:suspend|remove|lock|ban|restrict|terminate|disable|require you|limit|take (?:enforcement )?action)|\bpermanently suspend|\bsubject to (?:\w+ ){0,3}(?:suspension|removal)|\b(?:first|second|third) time you violate|\brequire(?:d|s)? (?:you|them|the \w+) to (?:remove|delete)/i,
  exception:
    /\bexceptions? (?:may|can|will|are|to)\b|\b(?:we|x|twitter|tiktok) (?:also |may |will |generally |do )*(?:allows?|permits?|make exceptions?)\b|\b(?:is|are|may be) (?:generally |also )?(?:allowed|permitted)\b|\b(?:does|do) not apply\b|\bnot (?:considered )?(?:a |in )violation|\bthis policy does not\b|\byou (?:may|can) share\b/i,
  prohibition:
    /\byou (?:also |must |agree to )?(?:may|can|must|should|shall|agree)?(?: ?not|['’]t|not)\b|\byou can(?:not|['’]t)\b|\bmay not be\b|\bprohibit|\bnot (?:allowed|permitted|eligible)\b|\bzero[- ]tolerance\b|\b(?:do not|don['’]t|never) (?:allow|permit|tolerate|post|share|use|engage|want|create|promote|threaten|impersonate)|\bviolations? (?:of this policy )?(?:include|are)|\bis a violation\b|\bagainst (?:our|the) (?:rules|policies)|\bis (?:strictly )?forbidden|\bno place (?:on|for)\b|\bin violation\b|^(?:do not|don['’]t)\b/i,
  definition:
    /\b(?:we|x|twitter|tiktok) (?:generally )?(?:defines?|considers?)\b|\b(?:is|are) defined as\b|\brefers? to\b|\bmeans\b|\b(?:is|are) (?:any|when|those (?:that|who))\b|\bby [“"][^”"]{1,60}[”"]/i,
  readMore: /^\W*(?:learn|read) more\b/i,
};

// German letters are no word characters to `\b`: edges are said by what may not stand there.
const german: RoleWords = {
  heading: {
    exception:
      /(?<!\p{L})(?:kein(?:en)? verstoß|ausnahmen?|was (?:ist )?(?:erlaubt|zulässig|gestattet)|erlaubte? inhalte|gilt nicht)(?!\p{L})/iu,
    sanction:
      /(?<!\p{L})(?:was passiert,? wenn|(?:folgen|konsequenzen)(?: (?:bei|von) verstößen)?|sanktionen|verwarnungen|sperrungen|durchsetzungsmaßnahmen)(?!\p{L})/iu,
    prohibition:
      /(?<!\p{L})(?:verboten(?:e[nrs]?)?|untersagt|nicht (?:erlaubt|gestattet|zulässig)|verstöße gegen diese|was du nicht (?:darfst|tun darfst))(?!\p{L})/iu,
    guide:
      /(?<!\p{L})(?:wie (?:kann|melde|du)|melden|einspruch|widerspruch|weitere informationen)(?!\p{L})/iu,
  },
  // The verb may stand far behind, at the end of its sentence.
  sanction:
    /(?<!\p{L})(?:kann|können|wird|werden|werde|wirst)(?!\p{L})(?:(?!jederzeit|geändert)[^.!?]){0,240}?(?<!\p{L})(?:gesperrt|suspendiert|entfernt|gelöscht|ausgeschlossen|eingeschränkt|deaktiviert|beendet)(?!\p{L})|(?<!\p{L})(?:kann|können|führt|führen)(?!\p{L})[^.!?]{0,120}?(?<!\p{L})zu(?:r|m)?(?!\p{L})[^.!?]{0,80}?(?:ausschluss|sperrung|sperre|entfernung|löschung|kündigung)(?!\p{L})|(?<!\p{L})wir (?:können|werden|sperren|entfernen|löschen)(?!\p{L})[^.!?]{0,160}?(?<!\p{L})(?:sperren|entfernen|löschen|einschränken|deaktivieren)(?!\p{L})/iu,
  exception:
    /(?<!\p{L})(?:ausnahmen? (?:können|kann|sind|gelten|machen)|(?:ist|sind) (?:jedoch |aber |weiterhin )?(?:erlaubt|gestattet|zulässig)|(?:gilt|gelten) (?:jedoch |aber )?nicht (?:für|bei|wenn)|kein(?:en)? verstoß|wir erlauben(?! (?:es )?(?:nicht|kein)))(?!\p{L})/iu,
  prohibition:
    /(?<!\p{L})(?:(?:darfst|dürfen|darf|dürft) (?:(?:du|sie|nutzer|ihr) )?(?:\p{L}+ ){0,6}?(?:nicht|keine?[nmrs]?|niemals)|zu unterlassen|(?:ist|sind|bleibt|bleiben) (?:\p{L}+ ){0,5}?(?:verboten|untersagt|nicht erlaubt|nicht gestattet|nicht zulässig|unzulässig)|(?:erlauben|gestatten|dulden|tolerieren) (?:wir )?(?:es )?(?:nicht|keine?[nmrs]?)|verboten (?:ist|sind)|verstößt gegen|verstoßen gegen|null[- ]toleranz)(?!\p{L})/iu,
  definition:
    /(?<!\p{L})(?:verstehen wir|(?:wird|werden) (?:\p{L}+ ){0,4}?(?:verstanden|definiert)|definieren (?:wir )?|bezeichnet|bedeutet|im sinne diese[rs]|gilt als|gelten als)(?!\p{L})/iu,
  readMore: /^\P{L}*(?:mehr (?:erfahren|dazu|über)|weitere informationen|erfahre mehr)(?!\p{L})/iu,
};

const germanWord =
  /(?<!\p{L})(?:der|die|das|und|nicht|oder|wir|du|dein|deine|sie|ist|sind|zu|von|für)(?!\p{L})/giu;
const englishWord = /(?<!\p{L})(?:the|and|not|or|we|you|your|is|are|to|of|for|in|that)(?!\p{L})/giu;

/** The words of the language that a clause seems to be written in; English where it cannot be told. */
export function roleWordsOf(text: string): RoleWords {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(germanWord) > count(englishWord) ? german : english;
}
