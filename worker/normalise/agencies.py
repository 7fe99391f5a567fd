"""News agencies and publishers as plain data: names as they stand in text, short source name, time zone.

Forms and names are facts of the trade (agencies' style guides, and what real copy of them shows).
The zone is the one in which a sender's local times are to be read when it states none.
"""

from __future__ import annotations

import functools
from typing import NamedTuple


class Agency(NamedTuple):
    """`name` as published, `source` the short name for `wire.source`, `zone` IANA, `also` other forms in text."""

    name: str
    source: str
    zone: str
    also: tuple[str, ...] = ()


AGENCIES: tuple[Agency, ...] = (
    Agency("AP", "ap", "America/New_York", ("associated press", "the associated press", "ap photo")),
    Agency(
        "Reuters",
        "reuters",
        "UTC",
        ("reuters breakingviews", "reuters health", "reuters life!", "thomson reuters foundation", "thomson reuters"),
    ),
    Agency("AFP", "afp", "UTC", ("agence france-presse", "agence france presse", "أ ف ب", "ا ف ب")),
    Agency("dpa", "dpa", "Europe/Berlin", ("deutsche presse-agentur", "dpa-afx", "dpa/lni", "tca/dpa", "dpa infocom")),
    Agency("Yonhap", "yonhap", "Asia/Seoul", ("연합뉴스", "yonhap news", "yonhap news agency", "yna")),
    Agency("EFE", "efe", "Europe/Madrid", ("agencia efe",)),
    Agency("Europa Press", "europapress", "Europe/Madrid"),
    Agency("ANSA", "ansa", "Europe/Rome"),
    Agency("ANP", "anp", "Europe/Amsterdam"),
    Agency("Belga", "belga", "Europe/Brussels"),
    Agency("ATS", "ats", "Europe/Zurich", ("ats afp", "sda", "sda-ats", "keystone-sda", "keystone-ats")),
    Agency("APA", "apa", "Europe/Vienna", ("austria presse agentur", "apa - austria presse agentur")),
    Agency("Kathpress", "kathpress", "Europe/Vienna", ("kap",)),
    Agency("KNA", "kna", "Europe/Berlin", ("katholische nachrichten-agentur",)),
    Agency("epd", "epd", "Europe/Berlin", ("evangelischer pressedienst",)),
    Agency("SID", "sid", "Europe/Berlin", ("sport-informations-dienst",)),
    Agency("TASS", "tass", "Europe/Moscow", ("itar-tass",)),
    Agency("Interfax", "interfax", "Europe/Moscow"),
    Agency("RIA Novosti", "ria", "Europe/Moscow"),
    Agency("Kyodo", "kyodo", "Asia/Tokyo", ("kyodo news", "kyodo jbn", "kyodo jbn-asianet")),
    Agency("Jiji Press", "jiji", "Asia/Tokyo", ("jiji",)),
    Agency("AAP", "aap", "Australia/Sydney", ("australian associated press",)),
    Agency("NZN", "nzn", "Pacific/Auckland"),
    Agency("BusinessDesk", "businessdesk", "Pacific/Auckland"),
    Agency("ANA", "ana", "Europe/Athens", ("ana-mpa", "amna")),
    Agency("Xinhua", "xinhua", "Asia/Shanghai", ("新华社", "xinhuanet")),
    Agency("KCNA", "kcna", "Asia/Pyongyang"),
    Agency("Bernama", "bernama", "Asia/Kuala_Lumpur"),
    Agency("MONTSAME", "montsame", "Asia/Ulaanbaatar"),
    Agency("Ritzau", "ritzau", "Europe/Copenhagen"),
    Agency("NTB", "ntb", "Europe/Oslo"),
    Agency("TT", "tt", "Europe/Stockholm"),
    Agency("STT", "stt", "Europe/Helsinki", ("stt-lehtikuva",)),
    Agency("MENA", "mena", "Africa/Cairo"),
    Agency("IPS", "ips", "UTC", ("inter press service",)),
    Agency("UPI", "upi", "America/New_York"),
    Agency("PTI", "pti", "Asia/Kolkata"),
    Agency("ANI", "ani", "Asia/Kolkata"),
    Agency("IANS", "ians", "Asia/Kolkata"),
    Agency("KUNA", "kuna", "Asia/Kuwait"),
    Agency("QNA", "qna", "Asia/Qatar"),
    Agency("SPA", "spa", "Asia/Riyadh"),
    Agency("WAM", "wam", "Asia/Dubai"),
    Agency("Petra", "petra", "Asia/Amman"),
    Agency("CNA", "cna", "Asia/Taipei"),
    Agency("ANTARA", "antara", "Asia/Jakarta"),
    Agency("CTK", "ctk", "Europe/Prague", ("čtk",)),
    Agency("PAP", "pap", "Europe/Warsaw"),
    Agency("MTI", "mti", "Europe/Budapest"),
    Agency("Lusa", "lusa", "Europe/Lisbon"),
    Agency("Press Association", "pa", "Europe/London", ("pa", "pa media")),
    Agency("The Canadian Press", "cp", "America/Toronto", ("canadian press", "cp", "la presse canadienne")),
    Agency("Anadolu", "anadolu", "Europe/Istanbul", ("aa", "anadolu agency")),
    Agency("EPA", "epa", "UTC"),
    Agency("Getty Images", "getty", "UTC", ("getty", "afp/getty images")),
    Agency("Newsis", "newsis", "Asia/Seoul"),
    Agency("Bloomberg", "bloomberg", "America/New_York"),
    Agency("Variety.com", "reuters", "UTC", ("variety",)),
    Agency("OPTA", "reuters", "UTC"),
    Agency("Gracenote", "reuters", "UTC"),
    Agency("IFR", "reuters", "UTC"),
    Agency("PLATTS", "reuters", "UTC"),
    Agency("GlobeNewswire", "globenewswire", "America/New_York", ("globe newswire",)),
    Agency(
        "PR Newswire", "prnewswire", "America/New_York", ("prnewswire", "prnewswire-asianet", "prnewswire-firstcall")
    ),
    Agency("AsiaNet", "asianet", "Australia/Sydney"),
    Agency("CNW", "cnw", "America/Toronto", ("canada newswire", "cnw group")),
    Agency("Business Wire", "businesswire", "America/New_York", ("businesswire",)),
    Agency("ACCESSWIRE", "accesswire", "America/New_York"),
    Agency("Marketwired", "marketwired", "America/New_York", ("marketwire",)),
)

PUBLISHERS: tuple[Agency, ...] = (  # `also`: host names
    Agency("The Korea Herald", "koreaherald", "Asia/Seoul", ("koreaherald.com",)),
    Agency("The Korea Times", "koreatimes", "Asia/Seoul", ("koreatimes.co.kr",)),
    Agency("Korea JoongAng Daily", "joongangdaily", "Asia/Seoul", ("koreajoongangdaily.joins.com",)),
    Agency("The Chosun Ilbo", "chosun", "Asia/Seoul", ("english.chosun.com", "chosun.com")),
    Agency("The Seoul Times", "seoultimes", "Asia/Seoul", ("theseoultimes.com",)),
    Agency("Yonhap", "yonhap", "Asia/Seoul", ("en.yna.co.kr", "yna.co.kr")),
    Agency("Xinhua", "xinhua", "Asia/Shanghai", ("english.news.cn", "news.cn", "xinhuanet.com")),
    Agency("The Asahi Shimbun", "asahi", "Asia/Tokyo", ("asahi.com",)),
    Agency("Taipei Times", "taipeitimes", "Asia/Taipei", ("taipeitimes.com",)),
    Agency("The Star", "thestar", "Asia/Kuala_Lumpur", ("thestar.com.my",)),
    Agency("Saudi Gazette", "saudigazette", "Asia/Riyadh", ("saudigazette.com.sa",)),
    Agency("Arab Times", "arabtimes", "Asia/Kuwait", ("arabtimesonline.com",)),
    Agency("Kuwait Times", "kuwaittimes", "Asia/Kuwait", ("kuwaittimes.com",)),
    Agency("Al Bawaba", "albawaba", "Asia/Amman", ("albawaba.com",)),
    Agency("The Jerusalem Post", "jpost", "Asia/Jerusalem", ("jpost.com",)),
    Agency("MONTSAME", "montsame", "Asia/Ulaanbaatar", ("montsame.mn",)),
    Agency("IPS", "ips", "UTC", ("ipsnews.net",)),
    Agency("Today Nicaragua", "todaynicaragua", "America/Managua", ("todaynicaragua.com",)),
)

BY_NAME: dict[str, Agency] = {name: a for a in AGENCIES for name in (a.name.casefold(), *a.also)}
BY_HOST: dict[str, Agency] = {host: p for p in PUBLISHERS for host in p.also}
BY_SOURCE: dict[str, Agency] = {a.source: a for a in (*AGENCIES[::-1], *PUBLISHERS)} | {
    a.source: a for a in AGENCIES[::-1]
}

# A desk account that tells the publisher: (start of the account's name, publisher's source)
DESK_ACCOUNTS: tuple[tuple[str, str], ...] = (("kh디지털", "koreaherald"), ("코리아헤럴드", "koreaherald"))


CACHED_CHARS_MAX = 80  # names are shorter; a cache shall hold nothing large


def agency_of(text: str) -> Agency | None:
    """The agency that `text` names, alone or in company (`dpa/lni`, `ats afp`, `PRNewswire-AsiaNet`), else None."""
    return _short(text) if len(text) <= CACHED_CHARS_MAX else _named(text)


def _named(text: str) -> Agency | None:
    name = " ".join(text.casefold().replace("--", " ").split()).strip(" .,;:")
    if not name or len(name) > 60:
        return None
    found = BY_NAME.get(name)
    if found or len(name) > 40:
        return found
    for cut in ("/", "-", " "):
        if cut in name:
            parts = [p.strip() for p in name.split(cut)]
            known = [BY_NAME[p] for p in parts if p in BY_NAME]
            if known and (cut != " " or len(known) == len(parts)) and all(len(p) <= 12 and " " not in p for p in parts):
                return known[0]
    return None


_short = functools.lru_cache(maxsize=1024)(_named)  # few names are asked for again and again


def publisher_of(url: str) -> Agency | None:
    """The publisher whose host stands in `url`, else None."""
    host = url.partition("://")[2].partition("/")[0].partition(":")[0].lower().removeprefix("www.")
    return BY_HOST.get(host)
