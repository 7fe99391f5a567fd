"""Near kin are told by what only one of them writes."""

from __future__ import annotations

import pytest

from worker.enrich import ngrams
from worker.enrich.language import identify
from worker.enrich.language_kin import weigh


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ms", "Polis menahan tiga suspek selepas kemalangan di lebuh raya kerana pemandu kereta itu tiada lesen"),
        ("ms", "Mangsa dibawa ke hospital dan doktor berkata keadaannya stabil"),
        (
            "id",
            "Polisi menangkap tiga tersangka setelah kecelakaan di jalan tol karena pengemudi mobil tidak punya surat",
        ),
        ("id", "Korban dibawa ke rumah sakit dan dokter mengatakan kondisinya stabil"),
        ("id", "Panitia menjadwalkan ulang ujian sertifikasi bagi semua kelompok peserta"),
        ("hr", "Tisuće putnika čekale su vlak jer je promet bio prekinut cijeli tjedan"),
        ("hr", "U siječnju i veljači sveučilište počinje suradnju"),
        ("bs", "Hiljade putnika čekale su voz jer je saobraćaj bio prekinut cijelu sedmicu"),
        ("bs", "Općinsko vijeće je usvojilo izvještaj o saradnji sa univerzitetom"),
        ("sr", "Hiljade putnika čekale su voz jer je saobraćaj bio prekinut cele nedelje"),
        ("sr", "Niko ne zna gde je nestao čovek posle nesreće"),
        ("nn", "Kommunen veit ikkje kor mykje pengar som vart brukt på skulen"),
        ("nb", "Kommunen vet ikke hvor mye penger som ble brukt på skolen"),
        ("ca", "El govern vol que les obres del port acabin aquest any, però no hi ha diners"),
        ("es", "El gobierno quiere que las obras del puerto acaben este año, pero no hay dinero"),
    ],
)
def test_a_sentence_is_told_from_its_near_kin(language, text):
    assert identify(text).language == language


@pytest.mark.parametrize(
    ("language", "over", "text"),
    [
        ("nn", "nb", "eg veit ikkje"),
        ("sr", "hr", "gde je vreme"),
        ("hr", "sr", "gdje je vrijeme"),
        ("ms", "id", "kerana wang"),
        ("ms", "id", "sepatutnya menghantar tugasan"),
        ("id", "ms", "menjadwalkan sertifikat berdasarkan kelompok"),
    ],
)
def test_telling_words_speak_for_their_own_language(language, over, text):
    weights = weigh("Latn", over, ngrams.letters(text))
    assert weights[language] > weights[over]


def test_words_that_all_kin_share_decide_nothing():
    assert len(set(weigh("Latn", "hr", ngrams.letters("i na u za od")).values())) == 1
