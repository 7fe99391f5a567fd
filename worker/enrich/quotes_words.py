"""Words of attribution, as plain data. English verbs with their forms, other languages' most common ones."""

from __future__ import annotations

import re
from typing import Final

SAY: Final = frozenset(
    """
    said says say saying told tells tell telling added adds adding noted notes noting wrote writes write writing
    claimed claims claim claiming announced announces announcing acknowledged acknowledges acknowledging warned
    warns warn warning argued argues argue arguing insisted insists insist insisting suggested suggests suggest
    suggesting explained explains explaining stressed stresses stressing emphasized emphasizes emphasizing
    emphasised reported reports reporting declared declares declaring recalled recalls recalling confirmed confirms
    confirming denied denies deny denying stated states stating testified testifies tweeted tweets posted replied
    replies responded responds continued continues concluded concludes concluding admitted admits admit admitting
    agreed agrees agree predicted predicts predict predicting pledged pledges pledge pledging vowed vows vow vowing
    promised promises promise promising maintained maintains asserted asserts assert asserting alleged alleges
    allege alleging estimated estimates estimate found finds showed shows show showing revealed reveals indicated
    indicates indicating believed believes believe thinks think thought contended contends contend complained
    complains cautioned cautions conceded concedes conceding hinted joked observed observes remarked repeated
    reiterated reiterates shouted chanted chanting asked asks ask asking wondered wonders urged urges urge urging
    demanded demands demanding proposed proposes propose proposing accused accuses accusing criticized criticizes
    criticizing criticised blasted slammed attacked mocked praised cited cites citing described describes describing
    called calls calling refused refuses declined declines wants want wanted expects expect expected hopes hope
    hoped plans plan planned decided quipped echoed questioned dismissed rejected referred tweeting recommended
    recommends advised advises informed assured reminded signaled speculated lamented endorsed supports support
    opposed opposes oppose condemned condemns defended defends referenced mentioned mentions discussed ruled doubts
    knows fears worried worry concerned
    """.split()
)
"""Every form can follow its speaker: "X said", "X has been saying"."""

FORMS: Final[dict[str, str]] = {
    form + tail: form for form in (*SAY, "According", "according") for tail in ("", ",", ".", ":", ";", "?", "!")
}
"""How verbs of attribution stand between blanks, and which one each is."""

NOUNS: Final = re.compile(
    r"(?:notes|claims|reports|estimates|states|demands)\s+"
    r"(?:of|from|for|by|with|so|and|or|are|were|was|is|have|had|will|would|can|could|may|between|against)\b|notes\s+to\b"
)
"""Forms that are plural nouns where these words follow: three notes of music."""

FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|shall|should|must|do|does|did|cannot|isn['’]t"
    r"|aren['’]t|wasn['’]t|won['’]t|wouldn['’]t|can['’]t|couldn['’]t|don['’]t|doesn['’]t|didn['’]t)\b"
    r"|\w(?:ed|ll) (?:to|the|a|an|in|on|at|by|with|for|from|that|its|his|her|their|it|him|them|up|out|off|over|\d)"
)
"""What most clauses hold and noun phrases do not."""

PARTICIPLES: Final = frozenset(w for w in SAY if w.endswith("ing"))
INVERTS: Final = frozenset(
    """
    said says added adds wrote writes noted notes explained explains recalled recalls warned warns asked asks
    replied replies tweeted joked
    """.split()
)
"""Forms that stand before their speaker after a quotation: "…," said X."""

WEAK: Final = frozenset(
    """
    found finds showed shows show showing thought think thinks agreed agree agrees wants want wanted expects expect
    expected hopes hope hoped plans plan planned decided called calls calling refused refuses declined declines
    referred support supports opposed oppose opposes attacked ruled discussed knows fears worry worried concerned
    continued continues posted repeated believe believed believes know mentioned mentions observed estimate states
    state report reports claim estimates demand demands write tell ask deny promise
    """.split()
)
"""Forms that are often no attribution: only with an object or clause after them, never after what was said."""

ADVERBS: Final = frozenset(
    """
    also then later now once still often even just again already only repeatedly previously recently never has have
    had is are was were been did does do not will would could may might must should who Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday himself herself
    """.split()
)
"""What may stand between a source and its verb, besides what ends in -ly."""

VERBS_OTHER: Final[dict[str, str]] = {
    "de": "sagte|sagt|erklärte|erklärt|meinte|meint|betonte|betont|teilte|so|kritisierte|warnte|forderte|berichtete",
    "fr": "a dit|dit|a déclaré|déclare|a affirmé|affirme|a expliqué|explique|a ajouté|ajoute|a indiqué|selon|a estimé",
    "es": "dijo|dice|afirmó|afirma|declaró|aseguró|explicó|señaló|añadió|agregó|indicó|según|sostuvo|manifestó",
    "it": "ha detto|dice|ha dichiarato|ha affermato|afferma|ha spiegato|spiega|ha aggiunto|aggiunge|secondo",
    "pt": "disse|diz|afirmou|afirma|declarou|explicou|explica|acrescentou|segundo|garantiu|sublinhou",
    "nl": "zei|zegt|verklaarde|meldde|vertelde|vertelt|aldus|benadrukte|stelde|voegde",
}
"""Verbs that stand before the speaker after a quotation."""
