"""What forgers do to a sealed file: updates behind the seal, and its ranges, tables and names moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.unit.adapters.sealing import touched

Change = Callable[[IncrementalPdfFileWriter], None]
Edit = Callable[[bytes], bytes]
WHITE = b"1 1 1 rg 0 0 600 850 re f"
"""Paints a page white."""
_read: Callable[[BytesIO, generic.Dereferenceable], generic.PdfObject] = generic.read_object
_nowhere: Callable[[None], generic.Dereferenceable] = generic.TrailerReference
_entries: Callable[[Mapping[generic.NameObject, object]], generic.DictionaryObject] = generic.DictionaryObject


def _said(text: str) -> generic.PdfObject:
    """Read an object as a PDF writes it."""
    return _read(BytesIO(text.encode() + b" "), _nowhere(None))


def stream(content: bytes, about: str = "<< >>") -> generic.StreamObject:
    entries = _said(about)
    assert isinstance(entries, generic.DictionaryObject)
    return generic.StreamObject(dict(entries), stream_data=content)


def first_page(writer: IncrementalPdfFileWriter) -> Any:  # noqa: ANN401 - an object of a PDF has any shape
    return writer.root["/Pages"]["/Kids"][0]


def _box(writer: IncrementalPdfFileWriter) -> Any:  # noqa: ANN401 - an object of a PDF has any shape
    return writer.root["/AcroForm"]["/Fields"][0]


def with_entry(where: Callable[[IncrementalPdfFileWriter], Any], entry: str, text: str) -> Change:
    """Put an entry into something."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        holder = where(writer)
        holder[generic.pdf_name(entry)] = _said(text)
        writer.update_container(holder)

    return change


def _with_stream(
    where: Callable[[IncrementalPdfFileWriter], Any], entry: str, content: bytes, about: str = "<< >>"
) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        holder = where(writer)
        holder[generic.pdf_name(entry)] = writer.add_object(stream(content, about))
        writer.update_container(holder)

    return change


def _root(writer: IncrementalPdfFileWriter) -> Any:  # noqa: ANN401 - an object of a PDF has any shape
    return writer.root


def _pages_reversed(writer: IncrementalPdfFileWriter) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    kids.reverse()
    writer.update_container(kids)


def _page_less(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][-1]
    pages["/Count"] = _said(str(len(pages["/Kids"])))
    writer.update_container(pages)


def _page_more(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = _entries(dict(first_page(writer)))
    page[generic.pdf_name("/Contents")] = writer.add_object(stream(WHITE))
    pages["/Kids"].append(writer.add_object(page))
    pages["/Count"] = _said(str(len(pages["/Kids"])))
    writer.update_container(pages)


def _other_font(writer: IncrementalPdfFileWriter) -> None:
    fonts = first_page(writer)["/Resources"]["/Font"]
    fonts[next(iter(fonts))] = _said("<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>")
    writer.update_container(fonts)


def _other_hand(writer: IncrementalPdfFileWriter) -> None:
    look = writer.add_object(stream(WHITE, "<< /Type /XObject /Subtype /Form /BBox [0 0 290 112] >>"))
    box = _box(writer)
    box[generic.pdf_name("/AP")] = _entries({generic.pdf_name("/N"): look})
    writer.update_container(box)


def _box_gone(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"]["/Fields"].clear()
    writer.update_container(writer.root["/AcroForm"])


def field_over_the_total(writer: IncrementalPdfFileWriter) -> None:
    text = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Total) /V (1,00) /Rect [0 0 600 850] /DA (/Helv 9 Tf 0 g) >>"
    field = writer.add_object(_said(text))
    writer.root["/AcroForm"]["/Fields"].append(field)
    writer.update_container(writer.root["/AcroForm"])
    page = first_page(writer)
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([field])
    writer.update_container(page)


def _claimed_certified(writer: IncrementalPdfFileWriter) -> None:
    entries = _entries({generic.pdf_name("/DocMDP"): _box(writer).raw_get("/V")})
    writer.root[generic.pdf_name("/Perms")] = entries
    touched(writer)


def _attached(writer: IncrementalPdfFileWriter) -> None:
    file = writer.add_object(stream(b"1;2;3", "<< /Type /EmbeddedFile >>"))
    spec = _entries(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Filespec"),
            generic.pdf_name("/F"): generic.pdf_string("prix.csv"),
            generic.pdf_name("/EF"): _entries({generic.pdf_name("/F"): file}),
        }
    )
    writer.root[generic.pdf_name("/AF")] = generic.ArrayObject([writer.add_object(spec)])
    touched(writer)


def _another_s_validation_data(writer: IncrementalPdfFileWriter) -> None:
    certificate = writer.add_object(stream(b"0\x82 no certificate of ours"))
    data = _entries({generic.pdf_name("/Certs"): generic.ArrayObject([certificate])})
    writer.root[generic.pdf_name("/DSS")] = writer.add_object(data)
    touched(writer)


UPDATES: dict[str, Change] = {
    "a note over the amounts": with_entry(
        first_page,
        "/Annots",
        "[<< /Type /Annot /Subtype /FreeText /Rect [0 0 600 850] /Contents (1 EUR) /C [1 1 1] >>]",
    ),
    "a link laid over a page": with_entry(
        first_page,
        "/Annots",
        "[<< /Type /Annot /Subtype /Link /Rect [0 0 600 850] /A << /S /URI /URI (https://a.example) >> >>]",
    ),
    "a field over the total": field_over_the_total,
    "a script that runs when it is opened": with_entry(
        _root, "/OpenAction", "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    ),
    "a program that a page starts": with_entry(first_page, "/AA", "<< /O << /S /Launch /F (calc.exe) >> >>"),
    "a file attached": _attached,
    "a page's words exchanged": _with_stream(first_page, "/Contents", WHITE),
    "a page turned over": with_entry(first_page, "/Rotate", "180"),
    "a page cut down to a corner": with_entry(first_page, "/CropBox", "[0 0 9 9]"),
    "its pages in another order": _pages_reversed,
    "a page less": _page_less,
    "a page more": _page_more,
    "another font under the same name": _other_font,
    "another drawing of the hand": _other_hand,
    "its box out of sight": with_entry(_box, "/Rect", "[0 0 0 0]"),
    "its box renamed": with_entry(_box, "/T", "(Autre)"),
    "its box gone": _box_gone,
    "a seal called a time stamp": with_entry(lambda writer: _box(writer)["/V"], "/Type", "/DocTimeStamp"),
    "other words about the file": _with_stream(_root, "/Metadata", b"<x:xmpmeta/>", "<< /Type /Metadata >>"),
    "a claim that it is certified": _claimed_certified,
    "another's validation data": _another_s_validation_data,
    "pages in a layer that is off": with_entry(_root, "/OCProperties", "<< /OCGs [] /D << /BaseState /OFF >> >>"),
}
"""What any editor may append after the seal, correctly."""


# ---------------------------------------------------------------------------------------------- ranges and tables
def _ranged(*numbers: int) -> Edit:
    """Put another range in its place, in its length."""

    def edit(sealed: bytes) -> bytes:
        found = re.search(rb"/ByteRange \[[^]]*\] *", sealed)
        assert found is not None
        text = b"/ByteRange [%s]" % b" ".join(b"%d" % number for number in numbers)
        return sealed[: found.start()] + text.ljust(len(found[0])) + sealed[found.end() :]

    return edit


def room(sealed: bytes) -> tuple[int, int]:
    """Where the signature's hexadecimal digits begin and end, without their brackets."""
    begin = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    return begin, sealed.index(b">", begin)


def _entry_in_the_gap(sealed: bytes) -> bytes:
    """The padding of a signature is not signed: an entry of the dictionary is written into it."""
    begin, end = room(sealed)
    entry = b"> /Autre (bon) /Padding <"
    at = begin + (end - begin) * 3 // 4
    return sealed[:at] + entry + sealed[at + len(entry) :]


def _numbered(sealed: bytes, name: str) -> int:
    """Tell the number of the first page, its words, the catalogue or the signature."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    found: dict[str, Callable[[], Any]] = {
        "page": lambda: first_page(writer).container_ref,
        "words": lambda: first_page(writer).raw_get("/Contents"),
        "root": lambda: writer.root_ref,
        "signature": lambda: _box(writer).raw_get("/V"),
    }
    return int(found[name]().idnum)


def _last_table(sealed: bytes) -> int:
    return int(sealed[sealed.rindex(b"startxref") + 9 :].split()[0])


def _table(places: dict[int, int], trailer: bytes) -> bytes:
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(places.items()))
    return b"xref\n" + rows + b"trailer\n<< " + trailer + b" >>\n"


def words_of(sealed: bytes, content: bytes = WHITE) -> bytes:
    number = _numbered(sealed, "words")
    return b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(content), content)


def _behind(table: Callable[[bytes, int, int], bytes]) -> Edit:
    """Append a page's words under the number they had, and a table: given the file, where they and the table begin."""

    def edit(sealed: bytes) -> bytes:
        body = words_of(sealed)
        return sealed + body + table(sealed, len(sealed), len(sealed) + len(body))

    return edit


def table_behind(sealed: bytes, words: int, here: int, *, previous: bool = True, more: bytes = b"") -> bytes:
    root, end = _numbered(sealed, "root"), b"startxref\n%d\n%%%%EOF\n" % here
    before = b"/Prev %d" % _last_table(sealed) if previous else b""
    told = b"/Root %d 0 R /Size 99 %s %s" % (root, before, more)
    return _table({_numbered(sealed, "words"): words}, told) + end


def _stream_table(sealed: bytes, words: int, here: int) -> bytes:
    """Tell the same in a table that is a stream."""
    rows = b"\x01" + words.to_bytes(4, "big") + b"\0\0" + b"\x01" + here.to_bytes(4, "big") + b"\0\0"
    told = b"/Type /XRef /W [1 4 2] /Index [%d 1 98 1] /Root %d 0 R /Size 99 /Prev %d /Length %d" % (
        *(_numbered(sealed, name) for name in ("words", "root")),
        _last_table(sealed),
        len(rows),
    )
    return b"98 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (told, rows)


def _streamed(sealed: bytes, words: int, here: int) -> bytes:
    return _stream_table(sealed, words, here) + b"startxref\n%d\n%%%%EOF\n" % here


def _of_both_kinds(sealed: bytes, words: int, here: int) -> bytes:
    """Append a table that says nothing, and names one that is a stream, which old programs do not read."""
    stream = _stream_table(sealed, words, here)
    told = b"/Root %d 0 R /Size 99 /Prev %d /XRefStm %d" % (_numbered(sealed, "root"), _last_table(sealed), here)
    return stream + _table({98: here}, told) + b"startxref\n%d\n%%%%EOF\n" % (here + len(stream))


def _wrapped(sealed: bytes) -> bytes:
    """Move the second signed part to the end, where a table in between says what is signed and what a page shows.

    The signed bytes are the same, and where they tell that the table begins there is the forger's.
    """
    begin, end = room(sealed)
    tail, here = sealed[end + 1 :], _last_table(sealed)
    known = {name: _numbered(sealed, name) for name in ("words", "signature", "root")}
    between = b"\n>>\nendobj\n".ljust(here - end - 1)
    words = words_of(sealed)
    places = {known["words"]: 10**9, known["signature"]: 10**9}
    told = b"/Root %d 0 R /Size 99 /Prev %010d" % (known["root"], 0)
    first = here + len(_table(places, told))
    head = b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n" % known["signature"]
    size = first + len(words) + len(head) + len(b"/ByteRange [0 0000000000 0000000000 0000000000]\n/Contents <")
    moved = size + (end - begin) + len(b">\n>>\nendobj\n")
    told = told[:-10] + b"%010d" % (here + moved - end - 1)
    table = _table({known["words"]: first, known["signature"]: first + len(words)}, told)
    ranges = b"/ByteRange [0 %010d %010d %010d]\n/Contents <" % (begin - 1, moved, len(tail))
    made = sealed[: end + 1] + between + table + words + head + ranges + sealed[begin:end] + b">\n>>\nendobj\n"
    assert len(made) == moved
    return made + tail


def _other_root(sealed: bytes) -> bytes:
    root, page = (b"%d 0 R" % _numbered(sealed, name) for name in ("root", "page"))
    before, _, after = sealed.rpartition(b"/Root " + root)
    return before + b"/Root " + page.ljust(len(root)) + after


EDITS: dict[str, Edit] = {
    "a range of nothing": _ranged(0, 0, 0, 0),
    "a range that begins before the file": _ranged(-1, 63_580, 67_578, 1_307),
    "a range of one part": _ranged(0, 63_580),
    "a range far beyond the file": _ranged(0, 10**9, 10**9, 10**9),
    "an entry written into the signature's room": _entry_in_the_gap,
    "its signature under another name": lambda sealed: sealed.replace(b"/Contents <", b"/Content_ <"),
    "a signature of another kind": lambda sealed: sealed.replace(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
    "another catalogue": _other_root,
    "its second part moved behind a forged table": _wrapped,
    "words behind it without a table": _behind(lambda *_: b""),
    "words behind it with a trailer alone": _behind(
        lambda sealed, *_: b"trailer\n<< /Size 99 >>\n" + sealed[sealed.rindex(b"startxref") :]
    ),
    "words behind it with a table": _behind(table_behind),
    "words behind it in a table that is a stream": _behind(_streamed),
    "words behind it, and a table that knows nothing before it": _behind(
        lambda sealed, words, here: table_behind(sealed, words, here, previous=False)
    ),
    "words behind it, and a table of both kinds": _behind(_of_both_kinds),
    "words behind it, and a claim that all is encrypted": _behind(
        lambda sealed, words, here: table_behind(sealed, words, here, more=b"/Encrypt << /Filter /Standard /V 1 >>")
    ),
}
"""What is done to the bytes themselves, none of it as the format has it."""
