"""Words that say nothing by themselves, of the languages of the interface."""

ENGLISH = """
a about after again all also am an and any are aren't as at be because been before being both but by can can't could
did didn't do does doesn't don't down during each even every few for from further get got had has hasn't have haven't
having he her here hers him his how i i'd i'll i'm i've if in into is isn't it it's its itself just let like me more
most much my myself no nor not now of off on once one only or other our ours out over own really same she should
so some still such than that that's the their them then there these they they're this those through to too under
until up upon us very was wasn't we we're we've were what when where which while who whom why will with won't would
you you're your yours
"""
ROMANIAN = """
a abia acea această aceasta acel acela acest acesta aceste acestea acești acolo acum ai aia aici al ale am ar are aș
asta astfel asupra atât atunci au avea avem aveți aș azi ca că căci când care cât câte către ce cea cei cel cele celor
așa cine cu cui cum da dacă dar dat de deci doi două dumneavoastră decât deja din doar după ea ei el ele era eram este
eu fi fie fiecare fiind foarte fost fără iar îi îl îmi în încă înainte între își îți la le li lor lui mă mai mea mei
mele meu mi mie mult multe mulți ne nici nimeni nimic noastră noi nostru noștri nu o or ori pe pentru peste până poate
prea prin sa să sale sau se și sunt sunteți suntem spre sub ta tale te toată toate tot toți tu un una unde unei unele
unor unui va vă vi voi vor vostru
"""
GREEK = """
αλλά αν ανά αντί από αρκετά ας αυτά αυτές αυτή αυτό αυτοί αυτός αυτού αυτούς αυτών αφού για γιατί δε δεν δηλαδή δια εγώ
εδώ είμαι είμαστε είναι είσαι είστε είχα είχαν είχε εκεί εκείνη εκείνο εκείνος εμάς εμείς ένα έναν ένας ενώ επί επειδή
εσείς εσύ έτσι έχει έχετε έχουμε έχουν έχω η ήδη ήμουν ήσαν ήταν θα ή και κάθε καθώς κάποια κάποιο κάποιος κατά κάτι
κι κ λοιπόν μα μας με μέχρι μετά μη μην μια μία μόνο μου μπορεί να ναι ο οι όλα όλες όλη όλο όλοι όμως όπου όπως όσο
όταν ότι ό,τι ώσπου ούτε παρά πάρα περί πια πιο πολλά πολύ που πρέπει πριν προς πώς πως σας σε σου στα στη στην στις στο
στον στους στων τα τη την της τι τις τίποτα το τον τόσο του τους τότε των ως ώστε χωρίς
"""
POLISH = """
a aby ale albo ani aż bardzo bez bo był była było były być by będzie będą chce choć ci cię co coś czy czyli dla do go
gdy gdzie i ich ile im inne inny ja jak jaka jaki jakie jako je jeden jednak jego jej jemu jest jestem jesteśmy
jeszcze jeśli jeżeli już ją każdy kiedy która które którego której który których którzy kto lub ma mam mamy mają mi
mimo mnie mną moja moje mogą może mój mu my na nad nam nami nas nasz nasze nawet nic nich nie niego niej nim niż no o
obok od on ona one oni oraz po pod ponieważ poza prawie przed przez przy raz razu są sam się sobie swoje ta tak taka
taki takie także tam te tego tej ten też to tobie tu tutaj tych tylko tym u w was we według wie więc wszyscy wszystko
wy z za żaden że żeby
"""
STOP_WORDS = frozenset(f"{ENGLISH} {ROMANIAN} {GREEK} {POLISH}".split())
