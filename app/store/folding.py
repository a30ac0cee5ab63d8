"""Words as the search compares them: small letters, no accents, no punctuation."""

from __future__ import annotations

import unicodedata


class _Folds(dict[int, str]):
    """What each sign becomes; worked out once per sign."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
        plain = plain.casefold().replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l")
        if not unicodedata.combining(sign):
            plain = "".join(part if part.isalnum() else " " for part in plain)
        self[code] = plain
        return plain


_FOLDS = _Folds()


def folded(text: str | None) -> str:
    """Give the words of a text parted by single spaces, folded: "L’Été-Rosé" becomes "l ete rose"."""
    return " ".join(text.translate(_FOLDS).split()) if text else ""
