"""Words too common to search by, in the folded spelling that `index.analysis.fold` gives."""

from typing import Final

_FRENCH: Final = """
a ai ainsi alors apres au aucun aucune aura auront aussi autre autres aux avant avec avoir c ca car ce ceci cela celle
celles celui ces cet cette ceux chaque ci comme comment d dans de des doit doivent donc dont du elle elles en encore
entre es est et etait ete etre eu eux faire fait faut h hors il ils j je l la laquelle le lequel les lesquelles
lesquels leur leurs lors lorsque lui m ma mais me meme memes mes mien moi moins mon n ne ni non nos notre nous on ont
ou par parmi pas pendant peu peut peuvent plus plusieurs pour pourquoi pres puis qu quand que quel quelle quelles quels
qui quoi s sa sans sauf se selon sera seront ses si son sont sous soit sur t ta tel telle telles tels tes toi ton tous
tout toute toutes tres tu un une vers via voici voila vos votre vous y quelqu dit
"""
_ENGLISH: Final = """
a about after all also an and any are as at be been before being but by can could did do does doing for from had has
have having he her here him his how i if in into is it its just may me more most must my no nor not of on or our out
over own s same shall she should so some such t than that the their them then there these they this those through to
too under up upon us very was we were what when where which while who whom why will with would you your
"""
_ARABIC: Final = """
في من علي الي عن مع هذا هذه ذلك تلك هو هي هم هن انا نحن انت كان كانت يكون تكون كل بعض اي ايه ما ماذا متي اين كيف هل لم
لن لا قد ان انه انها او ام ثم حتي اذا اذ لو لكن بل منذ عند عندما بين بعد قبل تحت فوق حول خلال غير سوي كما كذلك ايضا
الذي التي الذين اللذين اللتين اللواتي به بها بهم له لها لهم منه منها منهم فيه فيها عليه عليها عليهم اليه اليها و ف ب ك
ل يا نعم حيث ضد دون وهو وهي وقد ولا وما ومن وفي وان هناك هنا هولاء اوليك لدي لكي كي مثل ذات ذو
"""

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
    "ar": frozenset(_ARABIC.split()),
}
