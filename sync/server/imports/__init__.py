"""Import: the CSV exports that people have, taken into the centre by a mapping that says what each column is."""
