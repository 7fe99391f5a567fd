"""Function words and the newsroom's own small change (said, told, Monday): never keywords. Plain data."""

from __future__ import annotations

from typing import Final

_EN = """
a about above across after again against ago ahead all almost along already also although always am amid among an
and another any anyone anything are around as aside asked at away back be became because become been before began
behind being below best better between beyond both but by came can cannot come comes coming could couldn't day days
did didn't do does doesn't doing don't done down during each earlier early either else end enough especially even
ever every everyone everything far few find first five for former found four from full further gave get gets getting
give given go goes going gone good got great had half hand happened has have having he her here hers herself high
him himself his hour hours how however i if in including indeed instead into is isn't it its itself just keep kept
kind knew know known large largest last late later least left less let like likely little long look looking lot made
main make makes making man many may maybe me mean means meanwhile men might mine minute minutes month months more
most mostly mr mrs ms much must my myself near nearly need never new next night no nor not nothing now number of off
often old on once one only onto or other others our out outside over own part people perhaps place put quite rather
really recent recently right said same saw say saying says second see seem seemed seems seen set several she should
since six small so some someone something soon still such sure take taken takes taking tell than that the their them
themselves then there therefore these they thing things think third this those though thought three through
throughout thus till time times to today together told too took toward towards tried try trying two under until up
upon us use used using very via want wanted was wasn't way ways we week weekend weeks well went were what whatever
when where whether which while who whole whom whose why will with within without woman women won't work would
wouldn't year years yes yesterday yet you young your monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december added according percent per cent
spokesman spokeswoman statement tuesday's dr sen rep gov jr inc corp co ltd it's that's there's he's she's i'm we're
they're you're i've we've don isn doesn didn couldn wouldn ap afp reuters don’t doesn’t didn’t isn’t it’s that’s
he’s she’s can’t won’t i’m we’re they’re wasn’t there’s you’re i’ve couldn’t wouldn’t can't
""".split()

_DE = """
ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bis bisher da dabei
dafür dagegen daher damit danach dann das dass daß davon dazu dem den denen denn der deren des dessen die dies diese
diesem diesen dieser dieses doch dort drei durch ein eine einem einen einer eines einige einmal er erst erste ersten
es etwa etwas euch für fast gab ganz gar geben gegen gegenüber gehen geht gemacht gibt gilt gute guten habe haben
hat hatte hatten heißt hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja
jahr jahre jahren jahres jede jedem jeden jeder jedoch jene jetzt kam kann kein keine keinen keiner können könnte
konnte laut letzte letzten lässt machen macht man mal mehr mein mehrere mich mit mittlerweile montag dienstag
mittwoch donnerstag freitag samstag sonntag muss müssen nach nachdem neben neue neuen neuer nicht nichts noch nun
nur ob oder ohne rund sagt sagte schon sehr sei sein seine seinem seinen seiner seit selbst sich sie sind so sogar
soll sollen sollte sondern sonst sowie statt steht stehen uhr über um und uns unter unser viel viele vielen vom von
vor war waren was weil weiter weitere weiteren wenig wenn wer werde werden wie wieder will wir wird wo wohl wollen
worden wurde wurden würde zu zum zur zwar zwei zwischen während
""".split()

_FR = """
a ai ainsi alors an année années ans après assez au aucun aucune aujourd'hui auquel aura aussi autre autres aux
avait avant avec avoir ayant beaucoup bien c'est car ce ceci cela celle celui cependant certains ces cet cette ceux
chaque chez comme comment contre d'un d'une dans de depuis dernier dernière des deux devant dit doit donc dont du
déjà elle elles en encore entre est et était étaient été être eu eux fait faire faut fois font hier il ils jamais je
jour jours jusqu' l' la le les leur leurs lors lui lundi mardi mercredi jeudi vendredi samedi dimanche là ma mais me
même mêmes mes moins mois mon ne ni non nos notre nous on ont ou où par parce pas pendant peu peut peuvent plus
plusieurs pour pourquoi près premier première puis qu' qu'il quand que quel quelle quelque quelques qui s'est sa
sans se selon semaine sera ses seulement si son sont sous souvent sur surtout ta tandis te tel telle tous tout toute
toutes très trois trop un une vers voir vont vous y à ça
""".split()

_ES = """
a además ahora al algo algunos alguna ante antes año años aquel así aun aunque ayer bajo bien cada casi como con
contra cual cuando cuatro da de debe decir del dentro desde después día días dice dijo donde dos durante e el él
ella ellos en entre era eran es esa ese eso esta está estaba están estar este esto estos fue fueron gran ha había
han hace hacer hacia hasta hay hoy incluso jueves la las le les lo los lunes luego martes mayor más me menos mes
meses mi miércoles mientras mismo misma mucho muchos muy nada ni no nos nosotros nuestro nueva nuevo o otra otras
otro otros para parte pasado pero personas poco por porque primer primera puede pueden pues que qué quien quienes se
sea según semana ser será si sí sido sin sino sobre solo sólo son su sus también tan tanto tiene tienen tiempo toda
todas todo todos tras tres un una uno unos usted va vez viernes ya y yo
""".split()

_IT = """
a abbia abbiamo ad ai al alcune alcuni all' alla alle allo allora altra altre altri altro anche ancora anni anno
aveva c'è che chi ci ciò col come con contro cosa così cui da dai dal dall' dalla dalle dallo degli dei del dell'
della delle dello dentro di dice dopo dove due durante e è ed ecco era erano essere fa fare fatto fino fra gennaio
già giorni giorno gli ha hanno ho i ieri il in infatti io l' la le lei li lo loro lui lunedì ma martedì me meno
mentre mercoledì molto nei nel nell' nella nelle nello no noi non nostra nostro nuova nuovo o oggi ogni ora parte
per perché però più poi prima primo può quale quando quanto quasi quella quelle quelli quello questa queste questi
questo qui sabato se secondo sei sempre senza si sia sono solo sotto stata stati stato su sua sue sugli sui sul
sulla sulle suo suoi tra tre tutta tutte tutti tutto un un' una uno va venerdì verso volta
""".split()

_PT = """
a à agora ainda além alguns alguma ano anos antes ao aos apenas após aquela aquele as às assim até cada cerca com
como contra cujo da das de dela dele depois desde dessa desse desta deste dia dias disse dizer do dois dos duas
durante e é ela elas ele eles em enquanto entre era essa esse esta está estão estava este eu feira fez foi fora
foram há hoje isso isto já lhe lo mais mas me mês meses mesmo muito na não nas nem neste nesta no nos nós nova novo
num numa o onde ontem os ou outra outras outro outros para parte pela pelas pelo pelos pode podem por porque pouco
primeira primeiro qual quando quanto que quem são se segundo seja sem sempre ser será seu seus sido sob sobre sua
suas também tem têm ter tinha toda todas todo todos três tudo um uma vai vez
""".split()

_NL = """
aan achter al alle alleen als altijd andere anders begin bij bijna binnen bleek daar daarbij daarna dag dagen dan
dat de deze die dinsdag dit doen donderdag door drie dus een één eerste eens en er ook enkele erg flink gaan gaat
geen gemaakt geweest goed had hadden heb hebben heeft heel hem hen het hier hij hoe hun iemand iets ik in is ja jaar
jaren je kan kon kunnen laat liet maakt maandag maar maken man meer meest men met mij mijn moet moeten na naar nadat
niet niets niks nog nu of om omdat onder ons onze op over recent rond samen sinds steeds te tegen ten ter terug
terwijl tijdens toch toen tot tussen twee uit uur van vanaf veel vele verder volgens voor vooral vrijdag waar waarin
was wat we week weken weer wel werd werden wie wil wilde woensdag worden wordt wij zaterdag ze zei zeggen zegt zelf
zich zien zij zijn zo zoals zondag zonder zou zouden
""".split()

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(_EN),
    "de": frozenset(_DE),
    "fr": frozenset(_FR),
    "es": frozenset(_ES),
    "it": frozenset(_IT),
    "pt": frozenset(_PT),
    "nl": frozenset(_NL),
}
