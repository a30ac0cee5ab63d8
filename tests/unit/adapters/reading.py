"""Reads a PDF as a customer would: the words of each page and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from pypdfium2 import PdfDocument


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text on a page (from 0), its edges in points from the page's bottom left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def plain(text: str) -> str:
    """Write a text as a reader gives it back: no-break spaces are spaces, lines are one."""
    return " ".join(text.replace("\u00a0", " ").replace("\ufffe", "-").split())


def pages(pdf: bytes) -> list[str]:
    """Give the text of each page, on one line."""
    document = PdfDocument(pdf)
    found = []
    for page in document:
        words = page.get_textpage()
        found.append(plain(words.get_text_range()))
        words.close()
        page.close()
    document.close()
    return found


def places(pdf: bytes, *wanted: str) -> dict[str, list[Found]]:
    """Find where texts stand, each as often as it does."""
    document = PdfDocument(pdf)
    found: dict[str, list[Found]] = {text: [] for text in wanted}
    for number, page in enumerate(document):
        words = page.get_textpage()
        for text in wanted:
            search = words.search(text, match_case=True)
            while (hit := search.get_next()) is not None:
                boxes = [words.get_charbox(at) for at in range(hit[0], hit[0] + hit[1])]
                left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
                right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
                found[text].append(Found(number, left, bottom, right, top))
            search.close()
        words.close()
        page.close()
    document.close()
    return found


def extent(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Give, for each page, the edges of all that is written on it: left, bottom, right, top."""
    document = PdfDocument(pdf)
    edges = []
    for page in document:
        words = page.get_textpage()
        boxes = [words.get_charbox(at) for at in range(words.count_chars())]
        boxes = [box for box in boxes if box[2] > box[0]]
        edges.append(
            (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
        )
        words.close()
        page.close()
    document.close()
    return edges
