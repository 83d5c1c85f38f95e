"""How the weights of words are learned from sentences as people say them: `python -m learning`."""
