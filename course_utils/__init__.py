"""The plumbing behind the lessons of *Attention, Hands On*; the ideas themselves are in the notebooks."""
