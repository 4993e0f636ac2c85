"""Words letter by letter: what the language model of lesson 10 learns from, is scored on and writes."""
