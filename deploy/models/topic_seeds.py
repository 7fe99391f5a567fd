"""Words that speak for a top-level IPTC Media Topic: from these the classifier's training labels are made."""

SEEDS = {
    "01000000": """film movie actor actress cinema director album singer song music band concert theatre theater novel author book
        painting artist museum gallery exhibition opera orchestra dance ballet oscar grammy hollywood television tv drama comedy
        celebrity broadcaster newspaper journalist magazine audience sculpture poet poetry playwright musical festival premiere
        fashion designer box-office pop rock rapper script sitcom documentary stage""",
    "02000000": """police arrest arrested murder killed suspect court judge trial jury convicted sentence sentenced prison jail prosecutor
        lawyer attorney charged crime criminal fraud robbery theft rape assault guilty victim investigation detective homicide
        defendant lawsuit indictment indicted bail custody smuggling trafficking drug bribery corruption testimony verdict plea
        kidnapping shooting gunman stabbed inmate parole felony manslaughter""",
    "03000000": """earthquake quake tsunami flood flooding fire blaze crash explosion accident disaster rescue rescuer survivor evacuated
        evacuation landslide avalanche collapse collapsed emergency wreckage derailed derailment sank sinking ferry wildfire firefighter
        hurricane cyclone typhoon tornado debris injured casualties death-toll drowned plane helicopter volcano eruption spill""",
    "04000000": """profit market stock share shares price prices bank company companies trade economy economic investor investment earnings
        revenue sales dollar billion million inflation growth export import tariff currency euro yen bond oil crude barrel merger
        acquisition takeover shareholder dividend quarter analyst manufacturer retailer fed interest-rate rate debt loan budget deficit
        firm business industry industrial bankruptcy ceo wheat grain mln dlrs tonnes cts""",
    "05000000": """school schools student students teacher teachers university college education pupil classroom campus professor curriculum
        tuition graduate undergraduate exam exams principal academic kindergarten literacy scholarship degree faculty lecture
        headteacher enrolment enrollment""",
    "06000000": """climate environment environmental pollution emission emissions carbon greenhouse wildlife species endangered conservation
        forest deforestation recycling biodiversity ecosystem renewable habitat glacier fossil warming whale ocean coral toxic
        sustainability conservationist""",
    "07000000": """health hospital patient patients doctor doctors disease virus cancer vaccine medical medicine drug drugs treatment surgery
        infection infected outbreak epidemic pandemic hiv aids diabetes obesity nurse clinic symptom therapy mental diet fda
        pharmaceutical flu malaria ebola coronavirus covid covid-19 clinical tumor heart surgeon""",
    "08000000": """wedding birthday couple pet dog cat lottery royal prince princess twin baby award centenarian zoo oldest record guinness
        quirky bizarre anniversary honeymoon""",
    "09000000": """union unions strike strikes worker workers wage wages labor labour layoff layoffs unemployment unemployed employer
        employee employees pension picket walkout job jobs redundancy redundancies collective-bargaining salary minimum-wage retirement
        hiring workforce overtime""",
    "10000000": """recipe restaurant chef cooking food wine beer hotel travel tourist tourism vacation holiday garden gardening fashion beach
        leisure hobby dining menu dish cuisine resort spa shopping style interior bake ingredient tasting cruise dress""",
    "11000000": """government president minister prime election elections vote voter voters party parliament senate congress senator
        republican democrat democratic candidate campaign policy political politician opposition coalition cabinet lawmaker lawmakers
        legislation bill diplomat diplomatic ambassador foreign-minister treaty summit sanction sanctions referendum labour
        conservative tory governor mayor administration white-house legislature poll ballot embassy diplomacy bilateral""",
    "12000000": """church pope bishop priest religious religion muslim islam islamic christian catholic jewish mosque temple rabbi cardinal
        vatican faith pilgrim pilgrimage hindu buddhist monk prayer archbishop clergy imam sermon baptist evangelical worship
        synagogue congregation""",
    "13000000": """scientist scientists research researcher researchers study technology software computer internet space nasa satellite
        rocket telescope planet physics laboratory genetic gene dna robot mobile phone smartphone app google microsoft apple web
        online digital broadband chip device gadget hacker virus server user users data browser astronomer spacecraft orbit
        experiment fossil evolution""",
    "14000000": """community immigrant immigrants immigration migrant migrants refugee refugees poverty welfare homeless abortion gay lesbian
        gender racial racism discrimination minority demographic population family families marriage adoption charity civil-rights
        equality women aid humanitarian ethnic""",
    "15000000": """game team player players coach season league match cup championship tournament goal goals score scored scoring win won beat
        victory football soccer baseball basketball tennis cricket golf rugby hockey olympic olympics striker midfielder quarterback
        pitcher inning innings touchdown playoff semifinal final medal stadium referee boxing athlete sprint marathon race nba
        nfl wimbledon fifa uefa""",
    "16000000": """war military army troops soldier soldiers rebel rebels attack attacks bomb bombing missile missiles nuclear weapon weapons
        ceasefire cease-fire peace militant militants terrorist terrorism insurgent insurgents airstrike airstrikes guerrilla
        guerrillas coup massacre taliban qaeda islamic-state combat battlefield invasion occupation fighter fighters gunmen suicide
        hostage hostages truce shelling mortar defense defence warhead disarmament peacekeeper peacekeeping provocation ballistic
        uprising clashes""",
    "17000000": """weather forecast forecaster rain rainfall snow snowfall storm storms temperature temperatures celsius fahrenheit degrees
        meteorologist heatwave heat-wave drought blizzard thunderstorm humidity sunny cloudy showers frost freezing wind winds
        meteorological monsoon""",
}
