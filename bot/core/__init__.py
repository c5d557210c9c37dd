"""The pure core: facts in, decisions out. No await, no clock, no chance, no word of any language."""
