"""Symbols as the whole numbers that a model reads: the letters of a word, the phones of its sound."""

from ..errors import InputError

PAD, START, END = 0, 1, 2  # filler after a short sequence; what a decoder begins with; the last symbol of each sequence


class Alphabet:
    """A fixed list of symbols, numbered from 3; 0 to 2 are PAD, START and END.

    len(alphabet): how many numbers there are, these three counted too.
    """

    def __init__(self, symbols):
        self.symbols = ("·", "<start>", "<end>", *symbols)
        self._numbers = {symbol: number for number, symbol in enumerate(self.symbols)}

    def __len__(self):
        return len(self.symbols)

    def encode(self, symbols):
        """The number of each symbol, and END: a list of integers. InputError names a symbol that is not in it."""
        unknown = [symbol for symbol in symbols if self._numbers.get(symbol, PAD) <= END]
        if unknown:
            raise InputError(f"{str(unknown[0])[:20]!r} is not one of the {len(self) - 3} symbols: {self._known()}.")
        return [*(self._numbers[symbol] for symbol in symbols), END]

    def decode(self, numbers):
        """The symbols up to the first END, without PAD and START: a list of text."""
        numbers = [int(number) for number in numbers]
        end = numbers.index(END) if END in numbers else len(numbers)
        return [self.symbols[number] for number in numbers[:end] if number > END]

    def _known(self):
        return " ".join(self.symbols[3:])


LETTERS = Alphabet("abcdefghijklmnopqrstuvwxyz")
PHONES = Alphabet(  # the 39 of the CMU Pronouncing Dictionary, without stress
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()
)
