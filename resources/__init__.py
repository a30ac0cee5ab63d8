"""Files the product ships: icons, fonts, themes, translations, words, templates, training data."""
