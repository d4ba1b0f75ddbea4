"""Training of the models that vote: weak labels from confident rules, then spaCy or HanLP."""
