"""What the product carries besides code: words, fonts, icons, themes, templates, training data."""
