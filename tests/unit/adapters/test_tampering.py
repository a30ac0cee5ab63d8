"""No change to a sealed file goes unseen, by the hash that was kept and by the seal alone."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import PadesSealer
from app.adapters.seal.verification import fault_of
from tests.conftest import SEED
from tests.unit.adapters import forged_seals, forging
from tests.unit.adapters.authority import Authority, authority
from tests.unit.adapters.samples import content, short
from tests.unit.adapters.sealing import AT, PARIS, STROKE, digest, flipped, signed_elsewhere, touched, updated

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
FLIPS = 10_000 if IS_SOAK else 500


def test_one_flipped_byte_is_refused(sealer: PadesSealer, sealed: bytes) -> None:
    for at in (0, len(sealed) // 3, len(sealed) - 1):
        changed = flipped(sealed, at, 0x01)
        assert sealer.verify(changed, digest(sealed)).reason == "SEAL_OTHER_FILE"


@pytest.mark.timeout(3_000 if IS_SOAK else 120)
@pytest.mark.expects_log
def test_of_many_flipped_bytes_none_is_accepted_even_without_the_kept_hash(sealer: PadesSealer, sealed: bytes) -> None:
    """A flip inside the signed ranges is seen by the signature alone; elsewhere by the hash that was kept.

    Elsewhere is the signature's own container: its padding is no part of what is signed.
    """
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    begin, length, again, rest = (int(number) for number in signature.sig_object["/ByteRange"])
    assert (begin, again + rest) == (0, len(sealed))
    draw = random.Random(SEED)
    seen_by_signature = inside = 0
    for _ in range(FLIPS):
        at, bit = draw.randrange(len(sealed)), 1 << draw.randrange(8)
        changed = flipped(sealed, at, bit)
        assert not sealer.verify(changed, digest(sealed)).is_verified, f"byte {at}, bit {bit}"
        fault = fault_of(changed, sealer.roots)
        seen_by_signature += bool(fault)
        if at < length or at >= again:
            inside += 1
            assert fault, f"byte {at}, bit {bit} is signed, and its change not seen"
    print(f"seed {SEED}: {FLIPS} flips, 0 accepted; {seen_by_signature} seen by the signature alone, {inside} signed")
    assert inside > FLIPS // 2


def _overlaid(writer: IncrementalPdfFileWriter) -> None:
    over = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 850 re f")
    add: Callable[[int, generic.IndirectObject], object] = writer.add_stream_to_page
    add(0, writer.add_object(over))


def _emptied(writer: IncrementalPdfFileWriter) -> None:
    box = writer.root["/AcroForm"]["/Fields"][0]
    del box["/V"]
    writer.update_container(box)


def _with_contents(sealed: bytes, other: bytes) -> bytes:
    """Put other hexadecimal digits in the place of the signature, in its length."""
    begin = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    end = sealed.index(b">", begin)
    return sealed[:begin] + other[: end - begin].ljust(end - begin, b"0") + sealed[end:]


def _contents(sealed: bytes) -> bytes:
    begin = sealed.rindex(b"/Contents <") + len(b"/Contents <")
    return sealed[begin : sealed.index(b">", begin)]


def _with_shorter_range(sealed: bytes) -> bytes:
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", sealed)
    assert found is not None
    shorter = str(int(found[3]) - 10).encode().rjust(len(found[3]), b"0")
    return sealed[: found.start(3)] + shorter + sealed[found.end(3) :]


@pytest.fixture(scope="module")
def attacks(sealed: bytes, shown: bytes, sealer: PadesSealer) -> dict[str, bytes]:
    """What people did to sealed files in the literature and in practice, each with fresh bytes."""
    other_form = ReportlabPaper().order_form(content(short()))
    another = sealer.seal(other_form, STROKE, "Claire Delmas", AT, "Chartres")
    foreign = authority("Autorité d’exemple")
    elsewhere = PadesSealer(foreign.issue("Tablette 7"), foreign.root, PARIS)
    return {
        "a line feed behind it": sealed + b"\n",
        "a comment behind it": sealed + b"% note\n",
        "an update that changes nothing": updated(sealed, touched),
        "an update that paints over the first page": updated(sealed, _overlaid),
        "an update that takes the signature out of its box": updated(sealed, _emptied),
        "a second signature, by another": signed_elsewhere(sealed, foreign),
        "the same form sealed by another's device of the same name": elsewhere.seal(
            shown, STROKE, "Claire Delmas", AT, "Chartres"
        ),
        "the signature of another form": _with_contents(sealed, _contents(another)),
        "no signature in its place": _with_contents(sealed, b""),
        "no range": sealed.replace(b"/ByteRange", b"/ByteRang_"),
        "a shorter range": _with_shorter_range(sealed),
        "something before it": b"%PDF-1.4\n" + sealed,
        "an entry renamed": sealed.replace(b"/Title (", b"/Titre (", 1),
        "its last bytes cut off": sealed[:-40],
        "another form before its end": other_form + sealed[len(shown) :],
    }


@pytest.mark.expects_log
def test_no_attack_on_the_file_is_verified(attacks: dict[str, bytes], sealed: bytes, sealer: PadesSealer) -> None:
    """Neither with the hash that was kept, nor by the seal alone, were the hash lost too."""
    assert len(attacks) >= 12
    assert sealed not in attacks.values()
    for name, file in attacks.items():
        assert not sealer.verify(file, digest(sealed)).is_verified, name
        fault = fault_of(file, sealer.roots)
        print(f"{name}: {fault}")
        assert fault, name


@pytest.mark.expects_log
def test_no_file_forged_by_the_book_is_verified(
    sealer: PadesSealer, sealed: bytes, shown: bytes, ca: Authority
) -> None:
    """The check moves ranges and tables, signs with others' keys and turns up what was hidden; the soak does all."""
    known = digest(sealed)
    forged = {name: (edit(sealed), known) for name, edit in forging.EDITS.items()}
    forged |= {name: (file, known) for name, file in forged_seals.foreign_keys(shown, ca).items()}
    for name, each in forged_seals.prepared(shown, ca).items():
        assert fault_of(each.signed, sealer.roots) == "", "it was sound before"
        forged[name] = each.forged, digest(each.signed)
    if IS_SOAK:
        forged |= {name: (updated(sealed, change), known) for name, change in forging.UPDATES.items()}
        forged |= {name: (edit(sealed), known) for name, edit in forged_seals.SEALS.items()}
        assert len(forged) >= 40
    for name, (file, kept) in forged.items():
        assert digest(file) != kept, f"{name}: nothing was done"
        assert not sealer.verify(file, kept).is_verified, name
        fault = fault_of(file, sealer.roots)
        print(f"{name}: {fault}")
        assert fault, name


@pytest.mark.expects_log
def test_what_is_no_seal_is_not_verified_and_raises_nothing(
    sealer: PadesSealer, shown: bytes, sealed: bytes, ca: Authority
) -> None:
    cases = {
        b"": "SEAL_UNREADABLE",
        b"%PDF-1.7 et rien": "SEAL_UNREADABLE",
        sealed[: len(sealed) // 2]: "SEAL_UNREADABLE",
        shown: "SEAL_MISSING",
    }
    for file, reason in cases.items():
        assert sealer.verify(file, digest(file)).reason == reason
    for roots in (authority("Autre").root, b"", b"no certificate"):
        other = PadesSealer(None, roots)
        verdict = other.verify(sealed, digest(sealed))
        assert not verdict.is_verified
        assert verdict.reason in {"SEAL_UNTRUSTED", "SEAL_UNREADABLE"}


@settings(max_examples=50)
@given(file=st.binary(max_size=300), kept=st.text(max_size=64))
@pytest.mark.expects_log
def test_checking_never_raises(sealer: PadesSealer, file: bytes, kept: str) -> None:
    assert not sealer.verify(file, kept).is_verified
    assert not sealer.verify(file, digest(file)).is_verified
    assert not sealer.verify(b"%PDF-1.4\n" + file, digest(b"%PDF-1.4\n" + file)).is_verified
