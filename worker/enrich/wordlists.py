"""Closed lists of English words that say what a name is. In plain sight; the news decides what belongs here."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Stand before a person's name and are no part of it. Compared without a full stop.
TITLES: Final = _words(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Gen General Col Colonel Lt Lieutenant Capt Captain Maj Major "
    "Sgt Sergeant Cpl Corporal Pvt Adm Admiral Cmdr Commander Brig Brigadier Marshal President Premier Chancellor "
    "Senator Sen Rep Representative Congressman Congresswoman Gov Governor Mayor Ambassador Secretary Minister Prime "
    "Foreign Defense Defence Finance Interior Vice Deputy Chairman Chairwoman Chairperson Director Judge Justice "
    "Attorney Sheriff Chief Officer Detective Inspector Constable Commissioner Councillor Councilman Councilwoman "
    "King Queen Prince Princess Pope Sheikh Sheik Ayatollah Imam Bishop Archbishop Cardinal Rev Reverend Rabbi Father "
    "Sister Coach Manager Spokesman Spokeswoman Spokesperson Former Late Hon Comrade Emperor Sultan Emir Crown "
    "Superintendent Principal Dean Rector Midfielder Striker Defender Goalkeeper Actor Actress Singer US U.S. UN"
)
PAIRED_TITLES: Final = _words("Prime Foreign Defense Defence Finance Interior Vice Deputy Attorney Chief Crown State")

# A noun among these is what somebody does: it ends a role before a name or begins one after it.
ROLES: Final = _words(
    "president premier minister chancellor secretary ambassador envoy senator representative congressman congresswoman "
    "lawmaker legislator governor mayor councillor councilman councilwoman councilor alderman commissioner spokesman "
    "spokeswoman spokesperson chairman chairwoman chairperson chair chief executive director manager officer official "
    "head leader deputy adviser advisor aide diplomat consul attache general colonel lieutenant captain major sergeant "
    "admiral commander marshal brigadier judge justice magistrate prosecutor attorney lawyer solicitor barrister "
    "counsel sheriff detective inspector constable superintendent coach trainer captain goalkeeper striker midfielder "
    "defender forward winger quarterback pitcher player batsman bowler golfer analyst economist strategist trader "
    "broker banker professor lecturer teacher principal dean rector scientist researcher historian expert engineer "
    "doctor surgeon physician nurse author writer novelist poet journalist reporter editor publisher columnist "
    "correspondent photographer actor actress singer musician composer conductor filmmaker producer artist designer "
    "architect activist campaigner organiser organizer founder co-founder owner partner entrepreneur businessman "
    "businesswoman billionaire investor treasurer speaker bishop archbishop cardinal priest pastor imam rabbi cleric "
    "king queen prince princess emperor sheikh sultan emir dictator warlord rebel commander candidate nominee "
    "contender chairman-elect president-elect farmer fisherman driver pilot resident student widow widower "
    "undersecretary vice-president vice-chairman lawmaker ombudsman coroner curator superstar champion winner "
    "premier-designate negotiator mediator investigator regulator veteran victim suspect defendant"
)
KINSHIP: Final = _words(
    "son daughter brother sister wife husband widow widower father mother uncle aunt nephew niece cousin grandson "
    "granddaughter grandfather grandmother stepson stepdaughter half-brother half-sister son-in-law daughter-in-law "
    "brother-in-law father-in-law girlfriend boyfriend fiance fiancee partner heir"
)

ORGANISATION_WORDS: Final = _words(
    "Inc Corp Co Ltd PLC Plc plc LLC LLP AG SA GmbH NV SpA AB ASA Oyj Group Holdings Bank University College Institute "
    "Ministry Department Agency Committee Commission Council Party Union Association Federation Court Police Army Navy "
    "Company Corporation Airlines Airways Motors Times Post News Press Television Club School Hospital Church "
    "Foundation Fund Bureau Office Board Authority League Congress Parliament Senate Assembly Exchange Services "
    "Systems "
    "Technologies Industries Organization Organisation Society Museum Front Movement Brigade Force Forces Guard "
    "Administration Service Nations"
)

# State bodies that news names in small letters after a country: "South Korea's foreign ministry".
BODIES: Final = _words(
    "ministry government parliament police army navy military mission embassy cabinet senate congress"
)
BODY_MODIFIERS: Final = _words(
    "foreign defense defence finance interior justice health education trade agriculture energy transport information "
    "culture commerce economy labor labour environment unification security national federal central air civil prime "
    "minister's permanent diplomatic supreme constitutional traffic riot border secret"
)

DAYS_AND_MONTHS: Final = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun "
    "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"
)

# Family names that stand first, where the given name follows.
FAMILY_FIRST: Final = _words(
    "Kim Lee Park Choi Cho Jung Jeong Kang Yoon Jang Lim Han Shin Seo Kwon Hwang Ahn Song Yoo Hong Moon Ban Roh Chun "
    "Xi Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Deng Mao Jiang Wen "
    "Zhong "
    "Nguyen Tran Le Pham Hoang Vu Vo Bui Do Ngo Duong"
)

# One name for the same body, however it is written.
ACRONYMS: Final = {
    "UN": "United Nations",
    "U.N.": "United Nations",
    "EU": "European Union",
    "E.U.": "European Union",
    "IMF": "International Monetary Fund",
    "WTO": "World Trade Organization",
    "IAEA": "International Atomic Energy Agency",
    "FBI": "Federal Bureau of Investigation",
    "CIA": "Central Intelligence Agency",
    "OECD": "Organisation for Economic Co-operation and Development",
    "OPEC": "Organization of the Petroleum Exporting Countries",
    "ASEAN": "Association of Southeast Asian Nations",
    "AU": "African Union",
    "ECB": "European Central Bank",
    "BBC": "British Broadcasting Corporation",
    "NASA": "National Aeronautics and Space Administration",
    "SEC": "Securities and Exchange Commission",
    "FDA": "Food and Drug Administration",
    "UNHCR": "United Nations High Commissioner for Refugees",
    "ICRC": "International Committee of the Red Cross",
    "PLO": "Palestine Liberation Organization",
    "IRA": "Irish Republican Army",
    "LSE": "London Stock Exchange",
    "NYSE": "New York Stock Exchange",
}
# Two capitals are an organisation only if known; three and more may be.
SHORT_ORGANISATIONS: Final = _words("UN EU AU GM GE BP HP BA BT AP LG UBS AT&T S&P MI5 MI6 P&G")

SPORT: Final = _words(
    "match matches season league goal goals innings wicket wickets tournament championship coach cup striker "
    "midfielder "
    "halftime playoff playoffs inning homer touchdown semifinal quarterfinal seeded seed rebounds standings"
)
