"""The words of dates, a table a language. Plain data: a language is added by adding its table."""

from __future__ import annotations

from typing import Final

from worker.enrich.dates_words import DateWords, names, numbers

EN: Final = DateWords(
    capital=True,
    months=numbers("""
        january: 1, february: 2, march: 3, april: 4, may: 5, june: 6, july: 7, august: 8, september: 9,
        october: 10, november: 11, december: 12, jan: 1, feb: 2, mar: 3, apr: 4, jun: 6, jul: 7, aug: 8, sep: 9,
        sept: 9, oct: 10, nov: 11, dec: 12
    """),
    weekdays=numbers("monday: 0, tuesday: 1, wednesday: 2, thursday: 3, friday: 4, saturday: 5, sunday: 6"),
    days=numbers("""
        yesterday: -1, today: 0, tonight: 0, tomorrow: 1, last night: -1, this morning: 0, this afternoon: 0,
        this evening: 0
    """),
    units=names("day: day, week: week, weekend: weekend, month: month, quarter: quarter, year: year"),
    plurals=names("days: day, weeks: week, weekends: weekend, months: month, quarters: quarter, years: year"),
    turns=numbers("""
        last: -1, this: 0, next: 1, this past: -1, this coming: 1, the end of the: 0, end of the: 0,
        later this: 0, earlier this: 0
    """),
    numbers=numbers("""
        a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
        eleven: 11, twelve: 12
    """),
    ordinals=numbers("first: 1, second: 2, third: 3, fourth: 4, 1st: 1, 2nd: 2, 3rd: 3, 4th: 4"),
    day_month=(
        r"{month}\.? {day}(?:st|nd|rd|th)?(?: ?(?:-|–| to | through ) ?{day2}(?:st|nd|rd|th)?)?(?:,? {year})?",
        r"{day}(?:st|nd|rd|th)?(?: ?[-–] ?{day2}(?:st|nd|rd|th)?)?(?: of)? {month}\.?(?:,? {year})?",
    ),
    month_year=r"{month}\.?,? (?:of )?{year}",
    month_lead="in|since|until|till|by|early|late|mid|during|from|between|to|through|before|after|for|of|last|next|this",
    year_lead="in|since|until|till|by|during|from|between|before|after|early|late|mid|of",
    ago=(r"{n} {unit} ago",),
    ahead=(r"{n} {unit} from now",),
    quarter=r"{ordinal}[ -]quarter(?:(?: of|,)? {year})?",
    half=r"{ordinal}[ -]half of {year}",
    coming="will|scheduled|due|to be held|is to|are to|set to|expected|upcoming|planned for|starting|ahead of",
    seasons=numbers("spring: 0, summer: 1, autumn: 2, fall: 2, winter: 3"),
    decade=r"the (?:early |late |mid-)?(?P<century>1[5-9]|20)(?P<tens>\d)0s",
    weekend="over the weekend",
)

DE: Final = DateWords(
    capital=True,
    months=numbers("""
        januar: 1, februar: 2, märz: 3, april: 4, mai: 5, juni: 6, juli: 7, august: 8, september: 9, oktober: 10,
        november: 11, dezember: 12, jänner: 1, feber: 2, jan: 1, feb: 2, apr: 4, aug: 8, sept: 9, okt: 10,
        nov: 11, dez: 12
    """),
    weekdays=numbers(
        "montag: 0, dienstag: 1, mittwoch: 2, donnerstag: 3, freitag: 4, samstag: 5, sonnabend: 5, sonntag: 6"
    ),
    days=numbers("""
        vorgestern: -2, gestern: -1, heute: 0, morgen: 1, übermorgen: 2, heute abend: 0, gestern abend: -1,
        gestrigen tag: -1, heutigen tag: 0
    """),
    units=names("""
        tag: day, tages: day, woche: week, wochenende: weekend, wochenendes: weekend, monat: month,
        monats: month, quartal: quarter, quartals: quarter, jahr: year, jahres: year
    """),
    plurals=names("tagen: day, tage: day, wochen: week, monaten: month, monate: month, jahre: year, jahren: year"),
    turns=numbers("""
        letzte: -1, letzten: -1, letzter: -1, letztes: -1, letztem: -1, vergangene: -1, vergangenen: -1,
        vergangener: -1, vergangenes: -1, vergangenem: -1, vorige: -1, vorigen: -1, voriger: -1, voriges: -1,
        vorigem: -1, diese: 0, diesen: 0, dieser: 0, dieses: 0, diesem: 0, laufende: 0, laufenden: 0,
        laufender: 0, laufendes: 0, laufendem: 0, aktuelle: 0, aktuellen: 0, aktueller: 0, aktuelles: 0,
        aktuellem: 0, heurige: 0, heurigen: 0, heuriger: 0, heuriges: 0, heurigem: 0, anfang der: 0,
        anfang des: 0, beginn der: 0, beginn des: 0, ende der: 0, ende des: 0, mitte der: 0, mitte des: 0,
        nächste: 1, nächsten: 1, nächster: 1, nächstes: 1, nächstem: 1, kommende: 1, kommenden: 1, kommender: 1,
        kommendes: 1, kommendem: 1
    """),
    numbers=numbers("""
        ein: 1, einem: 1, einer: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8,
        neun: 9, zehn: 10, elf: 11, zwölf: 12, fünfzehn: 15, zwanzig: 20, dreißig: 30, vierzig: 40, fünfzig: 50
    """),
    ordinals=numbers("""
        erste: 1, ersten: 1, erstes: 1, zweite: 2, zweiten: 2, zweites: 2, dritte: 3, dritten: 3, drittes: 3,
        vierte: 4, vierten: 4, viertes: 4
    """),
    day_month=(r"{day}\.(?: ?(?:-|–|bis) ?{day2}\.)? ?{month}\.?(?: {year})?",),
    month_year=r"{month}\.? (?:des Jahres )?{year}",
    month_lead="",
    year_lead="",
    ago=(r"vor (?:rund |etwa |fast |knapp |mehr als |gut |genau )?{n} {unit}",),
    ahead=(r"in {n} {unit}",),
    quarter=r"{ordinal} Quartal(?:s)?(?: (?:des Jahres )?{year})?",
    half=r"{ordinal} Halbjahr(?:s|es)?(?: {year})?",
    coming="wird|werden|soll|sollen|geplant|beginnt|startet|findet|bis|ab",
    years=numbers("heuer: 0, vorjahr: -1, vorjahres: -1, heurigen jahres: 0, heurigen jahr: 0, vorjahrs: -1"),
    seasons=numbers("frühling: 0, frühjahr: 0, sommer: 1, herbst: 2, winter: 3"),
    season_bare=True,
    decade=r"(?:(?P<century>1[5-9]|20)(?P<tens>\d)0er|(?P<ten>\d)0er|(?P<word>{ten_words})er)[ -]Jahren?",
    tens=numbers("zwanzig: 2, dreißig: 3, vierzig: 4, fünfzig: 5, sechzig: 6, siebzig: 7, achtzig: 8, neunzig: 9"),
    weekend="am Wochenende|übers Wochenende",
    parts_of_day=(
        "abend",
        "nacht",
        "morgen",
        "mittag",
        "vormittag",
        "nachmittag",
        "früh",
        "s",
    ),
    past="war|waren|wurden?|hatten?|hat|haben|kam|kamen|gab|gewann",
)

FR: Final = DateWords(
    capital=False,
    months=numbers("""
        janvier: 1, février: 2, mars: 3, avril: 4, mai: 5, juin: 6, juillet: 7, août: 8, septembre: 9,
        octobre: 10, novembre: 11, décembre: 12, fevrier: 2, aout: 8, decembre: 12
    """),
    weekdays=numbers("lundi: 0, mardi: 1, mercredi: 2, jeudi: 3, vendredi: 4, samedi: 5, dimanche: 6"),
    days=numbers("avant-hier: -2, hier: -1, aujourd'hui: 0, aujourd’hui: 0, demain: 1, après-demain: 2"),
    units=names("jour: day, semaine: week, week-end: weekend, mois: month, trimestre: quarter, an: year, année: year"),
    plurals=names("jours: day, semaines: week, ans: year, années: year"),
    turns=numbers("ce: 0, cette: 0, cet: 0"),
    turns_after=numbers("dernier: -1, dernière: -1, passé: -1, passée: -1, prochain: 1, prochaine: 1, en cours: 0"),
    numbers=numbers("""
        un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, sept: 7, huit: 8, neuf: 9, dix: 10,
        onze: 11, douze: 12
    """),
    ordinals=numbers("premier: 1, 1er: 1, deuxième: 2, second: 2, troisième: 3, quatrième: 4"),
    day_month=(r"{day}(?:er)?(?: (?:au) {day2})? {month}(?: {year})?",),
    month_year=r"{month} {year}",
    month_lead="en|fin|début|mi|depuis|de|d'|dès|au mois de|jusqu'en|mi-",
    year_lead="en|depuis|de|d'ici|dès|fin|début|jusqu'en|l'année|avant|après",
    ago=(r"il y a (?:environ |près de |plus de )?{n} {unit}",),
    ahead=(r"dans {n} {unit}",),
    quarter=r"{ordinal} trimestre(?: (?:de )?{year})?",
    half=r"{ordinal} semestre(?: (?:de )?{year})?",
    coming="sera|seront|doit|doivent|aura lieu|prévue?s?|débutera|d'ici",
    seasons=numbers("printemps: 0, été: 1, automne: 2, hiver: 3"),
)

ES: Final = DateWords(
    capital=False,
    months=numbers("""
        enero: 1, febrero: 2, marzo: 3, abril: 4, mayo: 5, junio: 6, julio: 7, agosto: 8, septiembre: 9,
        octubre: 10, noviembre: 11, diciembre: 12, setiembre: 9
    """),
    weekdays=numbers("lunes: 0, martes: 1, miércoles: 2, jueves: 3, viernes: 4, sábado: 5, domingo: 6"),
    days=numbers("anteayer: -2, ayer: -1, hoy: 0, pasado mañana: 2"),
    units=names("día: day, semana: week, fin de semana: weekend, mes: month, trimestre: quarter, año: year"),
    plurals=names("días: day, semanas: week, meses: month, años: year"),
    turns=numbers("este: 0, esta: 0, próximo: 1, próxima: 1, pasado: -1, pasada: -1"),
    turns_after=numbers(
        "pasado: -1, pasada: -1, último: -1, última: -1, próximo: 1, próxima: 1, que viene: 1, en curso: 0"
    ),
    numbers=numbers("""
        un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10,
        once: 11, doce: 12
    """),
    ordinals=numbers("primer: 1, segundo: 2, tercer: 3, cuarto: 4"),
    day_month=(r"{day}º?(?: al {day2})? de {month}(?:,? (?:de|del) {year})?",),
    month_year=r"{month}(?: (?:de|del))? {year}",
    month_lead="en|desde|de|a fines de|a principios de|mediados de|hasta|el mes de",
    year_lead="en|desde|de|del|hasta|el año|para|antes de",
    ago=(r"hace (?:unos |casi |más de )?{n} {unit}",),
    ahead=(r"dentro de {n} {unit}",),
    quarter=r"{ordinal} trimestre(?: de(?:l año)? {year})?",
    half=r"{ordinal} semestre(?: de(?:l año)? {year})?",
    coming="será|serán|se celebrará|previst[oa]s?|próximo|comenzará|hasta",
    seasons=numbers("primavera: 0, verano: 1, otoño: 2, invierno: 3"),
)

IT: Final = DateWords(
    capital=False,
    months=numbers("""
        gennaio: 1, febbraio: 2, marzo: 3, aprile: 4, maggio: 5, giugno: 6, luglio: 7, agosto: 8, settembre: 9,
        ottobre: 10, novembre: 11, dicembre: 12
    """),
    weekdays=numbers("""
        lunedì: 0, martedì: 1, mercoledì: 2, giovedì: 3, venerdì: 4, sabato: 5, domenica: 6, lunedi: 0,
        martedi: 1, mercoledi: 2, giovedi: 3, venerdi: 4
    """),
    days=numbers("l'altro ieri: -2, ieri: -1, oggi: 0, stasera: 0, stamattina: 0, domani: 1, dopodomani: 2"),
    units=names("""
        giorno: day, settimana: week, weekend: weekend, fine settimana: weekend, mese: month, trimestre: quarter,
        anno: year
    """),
    plurals=names("giorni: day, settimane: week, mesi: month, anni: year"),
    turns=numbers("questo: 0, questa: 0, quest': 0, prossimo: 1, prossima: 1, scorso: -1, scorsa: -1"),
    turns_after=numbers("scorso: -1, scorsa: -1, passato: -1, passata: -1, prossimo: 1, prossima: 1, in corso: 0"),
    numbers=numbers("""
        un: 1, una: 1, uno: 1, due: 2, tre: 3, quattro: 4, cinque: 5, sei: 6, sette: 7, otto: 8, nove: 9,
        dieci: 10, undici: 11, dodici: 12
    """),
    ordinals=numbers("primo: 1, secondo: 2, terzo: 3, quarto: 4"),
    day_month=(r"{day}°?(?: al {day2})? {month}(?: (?:del )?{year})?",),
    month_year=r"{month}(?: del)? {year}",
    month_lead="a|in|di|da|dal|nel|entro|fine|inizio|metà|lo scorso",
    year_lead="nel|dal|del|al|entro il|fino al|l'anno",
    ago=(r"{n} {unit} fa",),
    ahead=(r"(?:tra|fra) {n} {unit}",),
    quarter=r"{ordinal} trimestre(?: (?:del )?{year})?",
    half=r"{ordinal} semestre(?: (?:del )?{year})?",
    coming="sarà|saranno|si terrà|previst[oaie]|entro",
    seasons=numbers("primavera: 0, estate: 1, autunno: 2, inverno: 3"),
)

PT: Final = DateWords(
    capital=False,
    months=numbers("""
        janeiro: 1, fevereiro: 2, março: 3, abril: 4, maio: 5, junho: 6, julho: 7, agosto: 8, setembro: 9,
        outubro: 10, novembro: 11, dezembro: 12
    """),
    weekdays=numbers("""
        segunda-feira: 0, terça-feira: 1, quarta-feira: 2, quinta-feira: 3, sexta-feira: 4, sábado: 5,
        domingo: 6
    """),
    days=numbers("anteontem: -2, ontem: -1, hoje: 0, amanhã: 1"),
    units=names("dia: day, semana: week, fim de semana: weekend, mês: month, trimestre: quarter, ano: year"),
    plurals=names("dias: day, semanas: week, meses: month, anos: year"),
    turns=numbers("este: 0, esta: 0, neste: 0, nesta: 0, deste: 0, desta: 0, próximo: 1, próxima: 1"),
    turns_after=numbers("passado: -1, passada: -1, próximo: 1, próxima: 1, que vem: 1"),
    numbers=numbers("""
        um: 1, uma: 1, dois: 2, duas: 2, três: 3, quatro: 4, cinco: 5, seis: 6, sete: 7, oito: 8, nove: 9,
        dez: 10, onze: 11, doze: 12
    """),
    ordinals=numbers("primeiro: 1, segundo: 2, terceiro: 3, quarto: 4"),
    day_month=(r"{day}º?(?: a {day2})? de {month}(?:,? de {year})?",),
    month_year=r"{month}(?: de)? {year}",
    month_lead="em|desde|de|até|final de|início de|meados de|o mês de",
    year_lead="em|desde|de|até|o ano de|antes de",
    ago=(
        r"há (?:cerca de |quase |mais de )?{n} {unit}",
        r"{n} {unit} atrás",
    ),
    ahead=(r"daqui a {n} {unit}",),
    quarter=r"{ordinal} trimestre(?: de {year})?",
    half=r"{ordinal} semestre(?: de {year})?",
    coming="será|serão|vai|vão|previst[oa]s?|marcad[oa]",
    seasons=numbers("primavera: 0, verão: 1, outono: 2, inverno: 3"),
)

NL: Final = DateWords(
    capital=False,
    months=numbers("""
        januari: 1, februari: 2, maart: 3, april: 4, mei: 5, juni: 6, juli: 7, augustus: 8, september: 9,
        oktober: 10, november: 11, december: 12
    """),
    weekdays=numbers("maandag: 0, dinsdag: 1, woensdag: 2, donderdag: 3, vrijdag: 4, zaterdag: 5, zondag: 6"),
    days=numbers("""
        eergisteren: -2, gisteren: -1, vandaag: 0, vanavond: 0, vanochtend: 0, vanmiddag: 0, morgen: 1,
        overmorgen: 2, gisteravond: -1
    """),
    units=names(
        "dag: day, week: week, weekend: weekend, weekeinde: weekend, maand: month, kwartaal: quarter, jaar: year"
    ),
    plurals=names("dagen: day, weken: week, maanden: month"),
    turns=numbers(
        "vorige: -1, vorig: -1, afgelopen: -1, deze: 0, dit: 0, volgende: 1, volgend: 1, komende: 1, komend: 1"
    ),
    numbers=numbers("""
        een: 1, één: 1, twee: 2, drie: 3, vier: 4, vijf: 5, zes: 6, zeven: 7, acht: 8, negen: 9, tien: 10,
        elf: 11, twaalf: 12
    """),
    ordinals=numbers("eerste: 1, tweede: 2, derde: 3, vierde: 4"),
    day_month=(r"{day}(?: (?:tot|t/m) {day2})? {month}(?: {year})?",),
    month_year=r"{month} {year}",
    month_lead="in|sinds|eind|begin|half|medio|tot|vanaf|van",
    year_lead="in|sinds|eind|begin|tot|vanaf|van|het jaar|voor|na",
    ago=(r"{n} {unit} geleden",),
    ahead=(r"over {n} {unit}",),
    quarter=r"{ordinal} kwartaal(?:(?: van| van het jaar|,)? {year})?",
    half=r"{ordinal} helft van {year}",
    coming="zal|zullen|wordt|worden|gepland|begint|vanaf|tot",
    seasons=numbers("lente: 0, zomer: 1, herfst: 2, winter: 3"),
)

WORDS: Final[dict[str, DateWords]] = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "pt": PT, "nl": NL}
