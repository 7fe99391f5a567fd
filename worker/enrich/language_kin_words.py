"""Telling words of languages that read nearly alike: what decides where letter n-grams cannot.

Evidence is (the languages it speaks for, its weight, what). Weights are natural logarithms of odds, added to the
model's own: about 0.5 what one language merely prefers, 1 to 1.5 what is usual in it, 2 and more what the others
do not write. `word-` is the beginning of a word, `-word` its end, `*x` a letter anywhere in the text. Collected by hand
from the languages' own orthographies and usual contrasts (ekavian and ijekavian, Bokmål and Nynorsk, and so on).
"""

from __future__ import annotations

from typing import Final

Evidence = tuple[tuple[str, float, str], ...]

EVIDENCE: Final[dict[tuple[str, str], Evidence]] = {  # (script, members)
    ("Latn", "bs hr sr"): (
        ("hr", 2.5, """
            branitelj- djelatni- dobrobit- dojam- dojm- dužnosni- europ- financij- financir- glasnogovorni- glazb-
            gledatelj- glede gospodarsk- gospodarst- hrvat- hrvatic- hrvatsk- istodobn- izborni- iznimn- izravn-
            izvanred- izvješć- kazališ- kemij- kolodvor- kolovoz- kruh- lipnj- listopad- ljekarn- milijun- mirovin-
            natječaj- nazočn- neovisn- netko nitko nogometaš- obitelj- odvjetni- opskrb- ovis- ovisn- ožujk- poduze-
            poduzeć- poglavit- postroj- potpor- povijes- pozornos- prijepor- primjerice priopć- promidžb- prosinc-
            prosvjed- putovnic- pučanstv- pučk- rabe rabi rabiti rajčic- ravnatelj- razvid- računal- redovit- rujn-
            siječnj- skladatelj- srpnj- stožer- studeni studenog studenoga stupanj stupnj- sudjel- suradnj- surađ-
            sustav- svatko sveučiliš- svezi svibnj- tajni- tijekom tisuć- tjedan tjedn- tko točk- točn- travnj-
            tvornic- tvrtk- unatoč uporab- uspored- utjec- uvjet- učinkovit- veljač- vlak vlakom zagreb- zaslon-
            zemljovid- znanstven- zrakoplov- čelni- čitatelj- županij-
        """),
        ("hr", 1.0, """
            -izira -iziran -izirana -izirani -iziranja -iziranje -izirano -izirao -izirati dalmat- dubrov- dvoran-
            istar- kuna kune nogomet- osije- osobn- prigod- promet- sabor- slušatelj- splits- zadar- zastupni-
        """),
        ("bs sr", 2.0, """
            -isala -isan -isana -isani -isanja -isanje -isano -isao -isati -ovisan advokat- ambasad- april- bioskop-
            decembar decembr- definisan- evrop- fabrik- februar- finansij- finansir- fudbal- gvož- hemij- hiljad-
            hirur- istovremen- izvin- januar- kasarn- ko komand- kompani- maja maju mart martu milion- muzik- muzič-
            naučn- naučni- neko nezavisn- niko novembar novembr- obezb- odbran- oktobar oktobr- organizov- penzi-
            podršk- porodic- posmatra- pozoriš- preduzeć- protest- realizov- regulis- saradnj- sarađ- sekretar-
            septembar septembr- sistem- snabd- stepen- takmič- tačk- tačn- tokom univerzitet- uprkos uslov- utica-
            uticaj- učesni- učestv- učešć- voz vozom zavis- zvaničn- zvanični- šta štamp-
        """),
        ("bs hr", 2.0, """
            bijel- bje- bjež- blje- cijel- cijen- crijev- crje- cvije- cvje- dijel- dijet- dio djec- djel- djet-
            djev- djevoj- dječ- dospje- dvije gdje grije- griješ- htio htje- izmje- jučer korije- kršten- kršćan-
            lijek- lijep- lijev- liječ- ljek- ljep- ljev- mijen- mijenj- miješ- mjer- mjesec- mjest- mješ- namijen-
            namje- nasljed- nedjelj- negdje nigdje obavije- ocijen- ocjen- odije- odjel- ondje opće općeg općen-
            opći općin- općins- općoj osje- osjeć- ovdje pjes- pjev- podije- podje- porije- posje- posjet- poslije
            poslje- posljed- povje- prije prijedl- prijel- prijenos- prijet- primje- procije- procje- promje-
            provje- razmje- razumj- riječ- riješ- rješ- savjet- sjed- sjev- sjeć- sjećanj- slijed- sljed- smje-
            snijeg- sretan sretn- stijen- susje- svijest- svijet- svje- svjes- također tije- tijel- tjel- umje-
            umjetn- unutarnj- usmje- uspij- uspje- uvijek uvjer- večer- vidje- vijek- vijes- vijeć- vjer- vjeć-
            volio vrijem- zahtje- zamje- zvije- zvje- čovje- ždrije- želje- željel- živio živje-
        """),
        ("sr", 2.5, """
            avgust- begu- beo beograd- bezbed- biće ceo cvet- deca dece deci dela delimi- delov- delu deo dete
            detet- devoj- dečak- dečij- dečj- dinar- dospe- dve gde greh- greš- hleb- hrišćan- htel- hteo imaće
            istera- istorij- izmen- izvešt- jula juna juče kancelar- koren- lep- levo leči- menja- mesec- mest-
            meša- mle- moraće namen- namer- nameš- nasled- nauč- nedelj- negde nemac nemačk- nemc- nigde obavešt-
            ocen- odel- odeljen- odsto onde opšt- opštin- oseć- ovde pesm- pesn- peva- pevač- podel- poreklo posel-
            poset- posle posled- povest pravoslav- pre predlog- prelaz- prenos- primer- procenat procenata procenta
            promen- prover- razmer- razume- reci reka reke reč reči rečima rečju reš- saopšt- savet- sever- seća-
            sećanj- sled- sledeć- smer- smeš- sneg- sprat- spreme- spreč- srb- srbij- srbin- sreda srede srećan
            srećn- srpsk- stene svesn- svest svet sveta svetl- svetsk- svetu sveštenik- takođe tela telo telu ubeđ-
            umetn- uopšte uspe- uvek učesnik vazduh- vek veka veku vest vesti veća veće veče videl- video videt-
            vojvodin- volel- voleo vreme vremena vremenu vređ- zahtev- zamen- zvezd- čovek- želel- želeo želi živel-
            živet-
        """),
        ("sr", 1.0, """
            -aće -iće jul jun
        """),
        ("bs", 2.5, """
            allah- august- augustu aščinic- bajram- bezbjed- bih bihać- bosan- bosn- bosna bošnja- dayton- dejton-
            duhan- džami- efendi- entitet- federacij- hadž- halal- hercegov- historij- hljeb- hudž- islam- izvijest-
            izvješta- izvještaj- juli juni kahv- kanton- konsultov- kur'an- lahk- mehk- mostar- musliman- obezbij-
            obezbjeđ- općink- općinsk- ramazan- reis- sahat- saopć- sarajev- sedmic- sedmič- sehar- truhl- tuzl-
            uposlen- uposleni- zenic-
        """),
        ("bs sr", 1.0, """
            aerodrom- avion- ličn- lični mart marta martu udruženj-
        """),
        ("sr", 2.0, """
            bela bele belo cela cele celo celom celu cena cene cenu htela hteli lekar- lekov- mera mere meru primer-
            sedel- sedi umetni- umetno- vera vere verni- verov- veru
        """),
    ),
    ("Latn", "id ms"): (
        ("ms", 2.5, """
            -syen agensi agong ahad ais akhbar antarabangsa anugerah apabila askar awak bagaimanapun bahawa bas
            basikal bekalan berbanding berbeza berikutan berkenaan bermula bernama bersara bersempena beza bilik
            bilion bimbang bomba bumiputera cakap cuba cukai dadah dap datin dato datuk didakwa dijadual dijangka
            dimaklumkan disember doktor ejen ekoran eksport elaun elektrik faham felcra felda feri filem fizik had
            haruslah hendaklah hospital- iaitu ialah ikhtisas imigresen insurans isnin isteri jawatan jawatankuasa
            jentera johor juara julai jumaat jun jurulatih jururawat justeru kakitangan kanak kastam kasut kebakaran
            kebangsaan kebimbangan kedah kedai kek kelab kelantan kelmarin kemalangan kempen kepimpinan kerana kerap
            kereta keretapi kerusi kesihatan ketara khamis kilang krim kuala kualiti lantikan lapan lebuhraya lelaki
            lesen lori mac mahkamah mahu majikan maklumat malaysia manakala mangsa mara mca melayu meletak
            memaklumkan memandangkan memandu memulakan mencuba menerusi menganggap mengenai mengikut menyertai
            mesyuarat motosikal muzium naib nst ogos pahang pampasan parlimen pasaraya pasukan peguam pejabat
            pelabur pelaburan pelakon pelancong pelancongan pelbagai pemandu pencen peneroka pengarah pengeluar
            pengeluaran pengerusi peniaga penjawat perak peratus percuma perkilangan perlawanan perlembagaan
            perniagaan persaraan pertubuhan perubatan pesalah petang pindaan pkr polis projek punca puteri putrajaya
            rakan rasuah ringgit rm rompakan sabah sahaja sains saman sarawak sejarawan sekiranya seksyen selangor
            selepas seluar sempena sertai setakat seterusnya setiausaha siasat siasatan sos sprm stesen suhu suspek
            syarikat- tahniah tambahnya tarikh tegasnya teksi telefon televisyen tempatan tentera terengganu teruk
            timbalan treler tular tun ubat ujian umno universiti utusan wang yab yayasan yuran
        """),
        ("ms", 1.0, """
            -iti adik amat bagi bahasa bandar bantuan bapa bekas beliau berkata berlaku boleh cuma dahulu daripada
            diadakan dijalankan disediakan emak gaji hendak jabatan katanya kaum kerajaan kesan khas membantu
            memberi menyediakan mula nak pasaran pengurus perdana peringkat perlu pihak pukul pula sebanyak semasa
            sepak sultan supaya tak terima turut walaupun
        """),
        ("id", 2.5, """
            -itas adapun agustus aja aktor aparat apbn bahwa bandara bandung banget bapak beda bensin berbagai
            berbeda besok bicara bisa bisnis bumn bupati bus butuh caleg capres celana cewek coba cowok dampak deh
            delapan desember digelar dikatakannya dilansir diperkirakan direktur dokter dolar dong dpr ekspor enggak
            gak gampang gedung golkar gratis gubernur imbuhnya impor indonesia informasi internasional investasi
            investor jakarta jaksa jawa jelasnya jokowi juli jumat juni kabupaten kalo kamis kampanye kantor karena
            karyawan kayak kayaknya kebijakan kecamatan kecelakaan kelurahan kemarin kendaraan kesehatan keuangan
            kinerja klub kok komisi konser koran korban kpk kualitas kursi laki lho listrik lokal manajer mantan
            maret mau mencoba meneliti menggelar menkeu menteliti mesti miliar mobil musim musisi narkoba nasional
            nggak obat organisasi pabrik paham pajak parlemen pdip pelatih pemerintah pemerintahan pemilu peneliti
            penelitian pengacara pengadilan pengobatan pengusaha penyidik penyidikan persen perusahaan polisi polri
            ponsel pria produksi propinsi provinsi proyek rem ri rp rupiah sby sejumlah sekalipun sekretaris senin
            sepatu sepeda setelah seusai sih siswa situs solar sore surabaya sutradara taksi tapi tayang telepon
            televisi tentara terjadi terkait tersangka tim tni truk tutur tuturnya uang udah ujar ujarnya ungkap
            ungkapnya universitas usahawan usai walikota wapres warga yogyakarta
        """),
        ("id", 1.0, """
            agar aku anggota bagian jadi kamu khusus lembaga mengatakan menurut mulai partai pihaknya saat saja
            sekitar tewas tingkat ya
        """),
        ("id", 2.0, """
            bagian dikarenakan disana disini karna
        """),
        ("ms", 2.0, """
            bahagian sebahagian
        """),
    ),
    ("Latn", "nb nn"): (
        ("nn", 2.0, """
            -ane -asjonar -ast -heiter -ingane -ingar -leg -lege -leik anna annan auka aukar auke berre byrja byrjar
            dei deira difor dimed dykk dykkar eg eige eigen eigne ein einaste eit enno fleire framleis frå fylgje
            fyrst fyrste følgje følgjer gje gjer gjere gjev gong gonger gåve heile heim hennar hjå høg høgare høve
            høyre høyrer ikkje innan innanfor kjem kome komen korleis kva kvar kvart kven kvifor kyrkja kyrkje køyre
            køyrer laurdag leggje løyve medan meir mogeleg mogleg mykje måndag noko nokon nokre oppgåve saman seie
            seier sidan sjølv skuldast skule skulen somme spørje sundag såleis tenkje tenkjer tidlegare tilbod
            tilhøve treng trengst trur tysdag ungdomar utan utanfor vanskeleg vart veit vera verda vere vert verte
            vore vorte ynskje ynskjer òg
        """),
        ("nn", 0.7, """
            blei desse
        """),
        ("nb", 2.0, """
            -asjoner -else -elsen -elser -het -heten -ingene -inger -lig -lige annen bare begynner begynte ble blitt
            dere deres derfor egen egne en eneste ennå flere fra fremdeles følge følger første ganger gave gi gir
            gjør gjøre hele hennes hjem hun hva hvem hver hvert hvor hvordan hvorfor høre hører høyere ikke innen
            innenfor jeg kirke kjøre kjører kommer legge lørdag mandag mens mer mulig mye noe noen nå oppgave sammen
            selv si siden sier skole skolen spørre søndag tenke tenker tidligere tirsdag tror uten utenfor vanskelig
            verden vet være vært øke øker økt ønske ønsker
        """),
        ("nb", 0.7, """
            -ene
        """),
        ("nn", 1.0, """
            då ho me
        """),
        ("nn", 0.5, """
            -ar
        """),
        ("nb", 0.5, """
            -er da de et først
        """),
    ),
    ("Latn", "ca es pt"): (
        ("ca", 2.0, """
            *ŀ -cions -ció -itat -ment abans així això allò als altre altres amb any anys aquest aquesta aquestes
            aquests ara barcelona catalunya ciutat d'- dels des després dins dir dona dones dues ells els encara ens
            estat feia fer fet fins gairebé govern havia hem hi ho home i l'- li llei lloc llocs m'- molt molta més
            n'- només nosaltres on pel pels per perquè però poden pot quan qui què s'- segons sense seria seus seva
            seves són també temps tenen tenir tot totes tots treball té us va vaig vuit és
        """),
        ("es", 2.0, """
            *ñ -ciones -ción -idad -mente ahora antes así año años ciudad con cuando decir desde después donde ellos
            eso este esto estos está están fue gobierno había hacer hasta hay hombre hoy las ley lo los mujer muy
            más nosotros otro otros para pero por porque puede pueden qué según sin solo su sus sólo también tener
            tiempo todos y ya
        """),
        ("pt", 2.0, """
            *ã *õ -dade -ção -ções ao até das do ela ele foi isso mais muito na nas nos não os pela pelo sua são
            também um uma você à às
        """),
    ),
    ("Deva", "hi mr"): (
        ("hi", 2.0, """
            इस उस एक और कर का कि किया की के को गई गए गया था थी थे नहीं ने पर भी में यह रहा रही रहे लिए वह साथ से हुआ
            हुई है हैं
        """),
        ("mr", 2.0, """
            *ळ -च्या -तील -मध्ये -साठी -ांच्या -ांनी -ाचा -ाची -ाचे -ात -ून असल्याचे असून असे आणि आहे आहेत करण्यात
            केला केली केले झाला झाली झाले तर ते त्या त्यांनी त्याच्या नाही पण मध्ये म्हणून या येणार येथे व साठी हे
            होता होती होते
        """),
    ),
    ("Cyrl", "bg mk ru sr"): (
        ("sr", 3.0, """
            *ђ *ћ
        """),
        ("mk", 3.0, """
            *ѓ *ѕ *ќ
        """),
        ("sr mk", 3.0, """
            *ј *љ *њ *џ
        """),
        ("ru", 3.0, """
            *ы *э *ё
        """),
        ("ru bg", 2.0, """
            *й *щ *ю *я
        """),
        ("bg", 2.5, """
            *ъ бе е като което който която от ще
        """),
        ("ru", 1.5, """
            -ого -ся -ть -ться был была было в же как он она они по что это
        """),
        ("mk", 2.0, """
            -ата -ите -от -ото бил во ги го дека кои со ќе
        """),
        ("sr", 2.0, """
            била био које који није сам су је ће
        """),
        ("sr", 1.0, """
            из од са у
        """),
        ("mk", 1.0, """
            кој
        """),
    ),
    ("Latn", "cs sk"): (
        ("cs", 2.0, """
            *ě *ř *ů byl byla bylo být jako jeho jen ještě jsem jsme jsou která které který nebo pro při se také
        """),
        ("sk", 2.0, """
            *ä *ô *ĺ *ľ *ŕ aj ako alebo bol bola bolo byť ešte ktorá ktoré ktorý len pre pri sa sme som sú tiež
        """),
    ),
}  # fmt: skip
