"""Letters to phones (grapheme to phoneme, G2P): the Transformer of lesson 09, trained on CMUdict."""
