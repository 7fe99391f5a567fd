"""Words and signs of amounts. Plain data."""

from __future__ import annotations

from typing import Final

CURRENCY_SIGNS: Final[dict[str, str]] = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD",
    "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "₽": "RUB",
    "₺": "TRY", "₦": "NGN", "₱": "PHP", "₫": "VND", "₪": "ILS", "₴": "UAH", "฿": "THB", "EUR": "EUR",
    "USD": "USD", "GBP": "GBP", "CHF": "CHF", "JPY": "JPY", "Rs": "INR", "Rs.": "INR", "SFr": "CHF",
}  # fmt: skip
"""A bare $ is the US dollar, a bare ¥ the yen: what most wires mean by them."""

CURRENCY_NAMES: Final[dict[str, str]] = {
    **dict.fromkeys(("dollar", "dollars", "dlr", "dlrs", "dólares", "dollari", "dólar", "us dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "pfund", "stg", "sterling", "libras", "sterline", "livres"), "GBP"),
    **dict.fromkeys(("yen",), "JPY"), **dict.fromkeys(("won",), "KRW"),
    **dict.fromkeys(("yuan", "renminbi"), "CNY"), **dict.fromkeys(("rupee", "rupees"), "INR"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles", "rubel", "roubles"), "RUB"),
    **dict.fromkeys(("swiss francs", "schweizer franken", "franken", "francs suisses"), "CHF"),
    **dict.fromkeys(("canadian dollars",), "CAD"), **dict.fromkeys(("australian dollars",), "AUD"),
    **dict.fromkeys(("hong kong dollars",), "HKD"), **dict.fromkeys(("marks", "mark", "d-mark"), "DEM"),
    **dict.fromkeys(("naira",), "NGN"), **dict.fromkeys(("rand",), "ZAR"),
    **dict.fromkeys(("shekels", "shekel"), "ILS"), **dict.fromkeys(("baht",), "THB"),
    **dict.fromkeys(("ringgit",), "MYR"), **dict.fromkeys(("rupiah",), "IDR"),
    **dict.fromkeys(("zloty", "zlotys", "złotych"), "PLN"), **dict.fromkeys(("kronor",), "SEK"),
    **dict.fromkeys(("lira", "liras"), "TRY"), **dict.fromkeys(("reais",), "BRL"),
    **dict.fromkeys(("pesos",), "MXN"),
}  # fmt: skip

AMBIGUOUS: Final[dict[str, float]] = {"GBP": 1e6, "KRW": 1000, "DEM": 100, "ZAR": 100}
"""Names that are other words too (20 pounds of meat, 3 won, 5 mark): money from this value on, or with a "million"."""

MULTIPLIERS: Final[dict[str, float]] = {
    **dict.fromkeys(("thousand", "k", "tausend", "mille", "mil", "mila", "duizend"), 1e3),
    **dict.fromkeys(
        (
            "million",
            "millions",
            "mln",
            "m",
            "mn",
            "mio",
            "millionen",
            "millones",
            "millón",
            "milioni",
            "milhões",
            "milhão",
            "miljoen",
        ),
        1e6,
    ),
    **dict.fromkeys(
        (
            "billion",
            "billions",
            "bln",
            "bn",
            "b",
            "milliarde",
            "milliarden",
            "mrd",
            "milliard",
            "milliards",
            "miliardi",
            "bilhões",
            "miljard",
        ),
        1e9,
    ),
    **dict.fromkeys(("trillion", "trillions", "trn", "tn", "billionen"), 1e12),
}

PERCENT: Final = "percent|percentage(?= points?)|per cent|pct|prozent|pour cent|por ciento|per cento|por cento|procent"
POINTS: Final = "points?|punkte?n?|pts"

NUMBER_WORDS: Final[dict[str, int]] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip

PEOPLE: Final = (
    "people|persons?|civilians?|soldiers?|troops|police|policem[ae]n|officers?|m[ae]n|wom[ae]n|children|child|passengers?|workers?"
    "|militants?|rebels?|protesters?|demonstrators|students?|villagers?|members?|residents?|fighters?|insurgents?|guerrillas?"
    "|firefighters?|miners?|victims?|tourists?|americans?|israelis?|palestinians?|iraqis?|afghans?|pilgrims?|crew|sailors?|gunm[ae]n"
    "|engineers?|doctors?|nurses?|teachers?|farmers?|drivers?|pilots?|journalists?|reporters?|guards?|bodyguards?|bystanders?|migrants?"
    "|refugees?|prisoners?|inmates?|hostages?|shoppers?|worshipp?ers?|motorists?|pedestrians?|cyclists?|girls?|boys?|teenagers?|babies"
    "|foreigners?|personnel|servicem[ae]n|marines?|peacekeepers?|patients?|fans?|climbers?|labou?rers?|fisherm[ae]n|employees?|staff"
    "|suspects?|attackers?|bombers?|extremists?|jihadists?|terrorists?|guests?|relatives?|contractors?|activists?|diplomats?|monks?"
)
CASUALTY: Final = "killed|dead|died|slain|injured|wounded|hurt|missing|massacred"
SPORT: Final = (
    "won|win|wins|beat|beats|beating|lost|loss|lose|defeat|defeated|victory|draw|drew|drawn|tie|tied|score|scored|goal|goals|lead|led|leads"
    "|final|half-time|halftime|match|game|set|sets|league|cup|inning|innings|quarter|season|siegte|gewann|verlor"
)
HARM_STEMS: Final = ("kill", "dead", "died", "injur", "wound", "missing", "death", "casualt", "hurt")
