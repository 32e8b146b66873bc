"""What fictional people say, by language and by how content they are: "good", "fair", "bad"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Texts = Mapping[str, Sequence[str]]

WORDS: Mapping[str, Texts] = {
    "en": {
        "good": (
            "Delivery was a day early and everything fitted.",
            "Your technician explained it until everybody had understood.",
            "One call, one answer. That is how it should be.",
            "The advice saved us a purchase we did not need.",
            "Friendly, quick, and the invoice was right the first time.",
        ),
        "fair": (
            "Good work, but I had to ask twice.",
            "All fine in the end; the first date was missed.",
            "The device is good, the manual is not.",
            "Prices went up without a word beforehand.",
        ),
        "bad": (
            "Nobody called back for a week.",
            "The wrong part came, twice.",
            "I was passed on four times before somebody listened.",
            "We paid for training that never took place.",
            "It was closed as solved, and it is not.",
        ),
    },
    "ro": {
        "good": (
            "Livrarea a venit cu o zi mai devreme și totul s-a potrivit.",
            "Tehnicianul ne-a explicat cu răbdare până am înțeles cu toții.",
            "Un telefon, un răspuns. Așa trebuie să fie.",
            "Sfatul dumneavoastră ne-a scutit de o cheltuială inutilă.",
            "Oameni amabili, rapizi, iar factura a fost corectă din prima.",
        ),
        "fair": (
            "Lucru bine făcut, dar a trebuit să întreb de două ori.",
            "Până la urmă a fost bine; primul termen a fost ratat.",
            "Aparatul e bun, manualul nu.",
            "Prețurile au crescut fără să ne anunțați.",
        ),
        "bad": (
            "O săptămână nu ne-a sunat nimeni înapoi.",
            "A sosit piesa greșită, de două ori.",
            "Am fost trimis de la unul la altul de patru ori.",
            "Am plătit o instruire care nu a avut loc.",
            "Apare ca rezolvat, dar nu este.",
        ),
    },
    "el": {
        "good": (
            "Η παράδοση έγινε μια μέρα νωρίτερα και όλα ταίριαξαν.",
            "Ο τεχνικός μάς εξήγησε με υπομονή ώσπου καταλάβαμε όλοι.",
            "Ένα τηλεφώνημα, μία απάντηση. Έτσι πρέπει να είναι.",
            "Η συμβουλή σας μας γλίτωσε από μια περιττή αγορά.",
            "Ευγενικοί, γρήγοροι, και το τιμολόγιο σωστό με την πρώτη.",
        ),
        "fair": (
            "Καλή δουλειά, αλλά χρειάστηκε να ρωτήσω δύο φορές.",
            "Στο τέλος όλα καλά· η πρώτη προθεσμία χάθηκε.",
            "Η συσκευή είναι καλή, το εγχειρίδιο όχι.",
            "Οι τιμές ανέβηκαν χωρίς προειδοποίηση.",
        ),
        "bad": (
            "Για μία εβδομάδα δεν μας τηλεφώνησε κανείς.",
            "Ήρθε λάθος ανταλλακτικό, δύο φορές.",
            "Με έστειλαν από τον έναν στον άλλον τέσσερις φορές.",
            "Πληρώσαμε εκπαίδευση που δεν έγινε ποτέ.",
            "Το κλείσατε ως λυμένο, και δεν είναι.",
        ),
    },
    "pl": {
        "good": (
            "Dostawa przyszła dzień wcześniej i wszystko pasowało.",
            "Technik cierpliwie tłumaczył, aż wszyscy zrozumieli.",
            "Jeden telefon, jedna odpowiedź. Tak powinno być.",
            "Dzięki Waszej radzie uniknęliśmy zbędnego zakupu.",
            "Miło, szybko, a faktura od razu poprawna.",
        ),
        "fair": (
            "Dobra robota, ale musiałem pytać dwa razy.",
            "W końcu w porządku, choć pierwszy termin przepadł.",
            "Urządzenie dobre, instrukcja mniej.",
            "Ceny wzrosły bez uprzedzenia.",
        ),
        "bad": (
            "Przez tydzień nikt nie oddzwonił.",
            "Dwa razy przyszła niewłaściwa część.",
            "Cztery razy odsyłano mnie do kogoś innego.",
            "Zapłaciliśmy za szkolenie, którego nie było.",
            "Zgłoszenie zamknięto jako rozwiązane, a nie jest.",
        ),
    },
}
OUTCOMES = (
    "Called, said sorry, sent the right part the same day.",
    "Talked for half an hour; the manual comes in their language now.",
    "Agreed on a new date for the training, free of charge.",
    "Misunderstanding about the invoice, cleared up.",
    "Asked the technician to visit; all works since.",
)
