"""The seal closes exactly what was shown, any reader verifies it, and no change goes unseen."""

from __future__ import annotations

import hashlib
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import CertificateRegistry
from pypdfium2 import PdfDocument

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.paper.signature_box import BOX_HEIGHT, BOX_WIDTH, FIELD
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.adapters.seal.stamp import stamp
from app.adapters.seal.verification import certificates, fault_of
from app.domain.refusal import Refusal
from app.domain.signature.ceremony import HandStroke, Point
from app.ports.trouble import Trouble
from resources.formats import LANGUAGES
from resources.wording import wording
from tests.conftest import SEED
from tests.unit.adapters.authority import BEGIN, Authority, authority
from tests.unit.adapters.reading import pages
from tests.unit.adapters.samples import LONG_ACCOUNT, content, long, short, usual

AT = datetime(2026, 11, 21, 13, 32, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
FLIPS = 500


def _wave(begin: float, length: int) -> tuple[Point, ...]:
    return tuple(
        Point(begin + at / 120, 0.5 + 0.3 * math.sin(at / 4), 0.3 + 0.5 * abs(math.sin(at / 7)), at * 8)
        for at in range(length)
    )


STROKE = HandStroke(strokes=(_wave(0.1, 60), _wave(0.65, 30), (Point(0.5, 0.1, 1.0, 900),)), ratio=1.65)


@pytest.fixture(scope="module")
def ca() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def sealer(ca: Authority) -> PadesSealer:
    return PadesSealer(ca.issue("Tablette 7"), ca.root, PARIS)


@pytest.fixture(scope="module")
def shown() -> bytes:
    return ReportlabPaper().order_form(content(usual()))


@pytest.fixture(scope="module")
def sealed(sealer: PadesSealer, shown: bytes) -> bytes:
    return sealer.seal(shown, STROKE, "Claire Delmas", AT, "Chartres")


def digest(content_of_file: bytes) -> str:
    return hashlib.sha256(content_of_file).hexdigest()


# ------------------------------------------------------------------------------------------ what a seal is
def test_the_sealed_file_begins_with_exactly_what_was_shown(shown: bytes, sealed: bytes) -> None:
    assert sealed[: len(shown)] == shown
    assert len(sealed) > len(shown)


def test_a_seal_is_verified_by_its_bytes_its_cover_and_its_certificate(sealer: PadesSealer, sealed: bytes) -> None:
    verdict = sealer.verify(sealed, digest(sealed))
    assert verdict.is_verified
    assert verdict.reason == ""


def test_the_seal_is_an_approval_signature_pades_with_p256_and_sha256(sealed: bytes) -> None:
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.md_algorithm == "sha256"
    assert signature.signer_cert.public_key.curve == ("named", "secp256r1")
    assert "/Reference" not in signature.sig_object, "a certification signature would break when a time stamp is added"
    attributes = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert "signing_certificate_v2" in attributes
    assert "signing_time" not in attributes, "PAdES keeps the claimed time in the signature dictionary"
    assert signature.self_reported_timestamp == AT


@pytest.mark.parametrize(
    ("language", "reason", "date"),
    [
        ("fr", "Signature du bon de commande par le client", "21/11/2026 à 14:32 (UTC+1)"),
        ("en", "Signature of the order form by the customer", "21 Nov 2026, 14:32 (UTC+1)"),
        ("zh", "客户签署订购单", "2026-11-21 14:32 （UTC+1）"),
    ],
)
def test_the_seal_says_who_where_when_and_why_in_the_forms_language(
    sealer: PadesSealer, language: str, reason: str, date: str
) -> None:
    form = ReportlabPaper().order_form(content(short(), language))
    made = sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
    (signature,) = PdfFileReader(BytesIO(made)).embedded_signatures
    said = signature.sig_object
    assert (said["/Name"], said["/Location"], said["/Reason"]) == ("Claire Delmas", "Chartres", reason)
    look = stamp_text(made)
    assert "Claire Delmas" in look
    assert "Chartres" in look
    assert date.replace(" ", "") in look.replace(" ", "")


def stamp_text(made: bytes) -> str:
    """What the seal drew into the box: the text of the last page with its annotations flattened."""
    document = PdfDocument(made)
    document.init_forms()
    page = document[len(document) - 1]
    page.flatten()
    file = BytesIO()
    document.save(file)
    page.close()
    document.close()
    return pages(file.getvalue())[-1]


@pytest.mark.parametrize("minutes", [-210, 0, 60, 345])
def test_the_place_on_the_clock_is_written_out(sealer: PadesSealer, shown: bytes, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    elsewhere = PadesSealer(sealer.identity, sealer.roots, zone)
    text = stamp_text(elsewhere.seal(shown, STROKE, "Claire Delmas", AT, "Ailleurs"))
    expected = {-210: "10:02(UTC−3:30)", 0: "13:32(UTC+0)", 60: "14:32(UTC+1)", 345: "19:17(UTC+5:45)"}
    assert expected[minutes] in text.replace(" ", "")


def test_the_devices_own_clock_serves_where_no_zone_is_given(sealer: PadesSealer, shown: bytes) -> None:
    here = PadesSealer(sealer.identity, sealer.roots)
    assert f"{AT.astimezone():%H:%M}" in stamp_text(here.seal(shown, STROKE, "Claire Delmas", AT, "Chartres"))


def test_a_long_name_is_written_in_full(sealer: PadesSealer, shown: bytes) -> None:
    name = LONG_ACCOUNT.contacts[0].name + " née de La Rochefoucauld-Montmorency"
    text = stamp_text(sealer.seal(shown, STROKE, name, AT, "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson"))
    assert [word for word in re.split(r"[ -]", name) if word not in text.replace("\ufffe", "-")] == []


def test_debians_reader_says_that_the_signature_is_valid_and_covers_the_document(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in run.stdout, run.stdout + run.stderr
    assert "Total document signed" in run.stdout
    assert "ETSI.CAdES.detached" in run.stdout
    assert "Tablette 7" in run.stdout
    assert run.stdout.count("Signature #") == 1


def test_debians_reader_sees_a_changed_byte(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "changed.pdf"
    at = sealed.index(b"/Creator") + 12
    file.write_bytes(flipped(sealed, at, 1))
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert "Signature is Valid." not in run.stdout


def test_all_fonts_of_the_sealed_file_are_embedded(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    run = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
    assert {row.split()[-5] for row in run.stdout.splitlines()[2:]} == {"yes"}


# ------------------------------------------------------------------------------------------ the stroke
def _vectors(made: bytes) -> list[tuple[float, ...]]:
    """The segments of a stamp: width, x0, y0, x1, y1 in points from the bottom left corner."""
    page = PdfFileReader(BytesIO(made)).root["/Pages"]["/Kids"][0]
    drawn = page["/Contents"].data.decode("latin-1")
    segments, wide = [], 0.0
    for row in drawn.splitlines():
        for match in re.finditer(r"([\d.]+) w|n ([\d.-]+) ([\d.-]+) m ([\d.-]+) ([\d.-]+) l S", row):
            if match[1]:
                wide = float(match[1])
            else:
                segments.append((wide, *(float(match[at]) for at in range(2, 6))))
    return segments


def test_the_stroke_is_drawn_as_vectors_wider_where_the_pen_pressed() -> None:
    rising = tuple(Point(0.1 + at / 50, 0.5, at / 30, at * 8) for at in range(31))
    segments = _vectors(stamp(HandStroke(strokes=(rising,), ratio=1.65), "", "", ""))
    widths = [segment[0] for segment in segments]
    assert len(segments) >= 30
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_the_stroke_keeps_its_proportions() -> None:
    corners = [Point(0.2, 0.2, 0.5, 0), Point(0.6, 0.2, 0.5, 9), Point(0.6, 0.7, 0.5, 18), Point(0.2, 0.7, 0.5, 27)]
    sides = tuple((one, other) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True))
    segments = _vectors(stamp(HandStroke(strokes=sides, ratio=2.0), "", "", ""))
    wide = max(segment[3] for segment in segments) - min(segment[1] for segment in segments)
    high = max(segment[2] for segment in segments) - min(segment[4] for segment in segments)
    assert wide / high == pytest.approx(2.0 * 0.4 / 0.5, rel=0.01)


def test_a_dot_is_drawn() -> None:
    dot = HandStroke(strokes=((Point(0.5, 0.5, 0.5, 0),),), ratio=1.5)
    assert len(_vectors(stamp(dot, "", "", ""))) == 1


NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=32) | st.floats(0, 1)
POINTS = st.builds(Point, NUMBERS, NUMBERS, NUMBERS, st.integers(0, 10_000))


@settings(max_examples=60)
@given(
    strokes=st.lists(st.lists(POINTS, max_size=12).map(tuple), max_size=4).map(tuple),
    ratio=st.floats(allow_nan=True, allow_infinity=True) | st.floats(0.2, 5),
)
def test_whatever_the_pad_sends_the_ink_stays_in_the_box(strokes: tuple[tuple[Point, ...], ...], ratio: float) -> None:
    inside = tuple(
        tuple(Point(min(1, max(0, p.x)), min(1, max(0, p.y)), p.pressure, p.at_ms) for p in points)
        for points in strokes
    )
    for _, x0, y0, x1, y1 in _vectors(stamp(HandStroke(strokes=inside, ratio=ratio), "N", "P", "M")):
        assert -12 <= min(x0, x1) <= max(x0, x1) <= BOX_WIDTH + 12
        assert -12 <= min(y0, y1) <= max(y0, y1) <= BOX_HEIGHT + 12
    stamp(HandStroke(strokes=strokes, ratio=ratio), "N", "P", "M")


# ------------------------------------------------------------------------------------------ what is not sealed
def _sign_elsewhere(form: bytes, ca: Authority) -> bytes:
    """Sign with the bare library, in a field of its own making."""
    identity = ca.issue("Ailleurs")
    own, *others = certificates(identity.chain)
    signer = signers.SimpleSigner(
        own, load_private_key_from_pemder_data(identity.private_key, None), CertificateRegistry.build(others)
    )
    about = signers.PdfSignatureMetadata(field_name="Autre")
    made: bytes = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(form)), about, signer).getvalue()
    return made


def _with_second_box(form: bytes) -> bytes:
    box = fields.SigFieldSpec("Autre", box=(10, 10, 60, 60))
    return _updated(form, lambda writer: fields.append_signature_field(writer, box))


def test_only_an_unsigned_order_form_of_ours_is_sealed(
    sealer: PadesSealer, shown: bytes, sealed: bytes, ca: Authority
) -> None:
    foreign = {
        "nothing": b"",
        "no PDF": b"Bon de commande",
        "half a PDF": shown[: len(shown) // 2],
        "a quote": ReportlabPaper().quote(content(usual())),
        "signed already": sealed,
        "signed by another program": _sign_elsewhere(shown, ca),
        "a second box": _with_second_box(shown),
        "a box of another name": shown.replace(FIELD.encode(), FIELD[::-1].encode()),
        "completed by another program": _updated(shown, _touched),
    }
    for name, form in foreign.items():
        with pytest.raises(Refusal) as refused:
            sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
        assert refused.value.code == "FORM_NOT_OURS", name


def test_a_device_without_certificate_cannot_seal(shown: bytes, ca: Authority) -> None:
    without = (None, DeviceIdentity(b"", b""), DeviceIdentity(b"", b"-----BEGIN CERTIFICATE-----\nno"))
    for identity in without:
        with pytest.raises(Trouble) as trouble:
            PadesSealer(identity, ca.root).seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
        assert trouble.value.code == "CERTIFICATE_MISSING"


@pytest.mark.parametrize("at", [BEGIN - timedelta(seconds=1), BEGIN + timedelta(days=731)])
def test_a_certificate_seals_only_in_its_time(sealer: PadesSealer, shown: bytes, at: datetime) -> None:
    with pytest.raises(Trouble) as trouble:
        sealer.seal(shown, STROKE, "Claire Delmas", at, "Chartres")
    assert trouble.value.code == "CERTIFICATE_NOT_VALID"


def test_a_key_that_is_not_the_certificates_seals_nothing(shown: bytes, ca: Authority) -> None:
    one, other = ca.issue("Une"), ca.issue("Autre")
    wrong = PadesSealer(DeviceIdentity(other.private_key, one.chain), ca.root)
    with pytest.raises(Trouble) as trouble:
        wrong.seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
    assert trouble.value.code == "SEAL_FAILED"


@pytest.mark.expects_log
def test_a_device_of_another_organisation_seals_nothing_here(shown: bytes, ca: Authority) -> None:
    foreign = PadesSealer(authority("Autre").issue("Tablette"), ca.root)
    with pytest.raises(Trouble) as trouble:
        foreign.seal(shown, STROKE, "Claire Delmas", AT, "Chartres")
    assert (trouble.value.code, trouble.value.technical) == ("SEAL_FAILED", "SEAL_UNTRUSTED")


def test_the_private_key_is_never_printed(sealer: PadesSealer) -> None:
    assert "PRIVATE" not in repr(sealer)


# ------------------------------------------------------------------------------------------ what is not verified
def flipped(original: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(original)
    changed[at] ^= bit
    return bytes(changed)


def test_one_flipped_byte_is_refused(sealer: PadesSealer, sealed: bytes) -> None:
    for at in (0, len(sealed) // 3, len(sealed) - 1):
        changed = flipped(sealed, at, 0x01)
        assert sealer.verify(changed, digest(sealed)).reason == "SEAL_OTHER_FILE"


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


def _updated(file: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    """Append an update to a file, as any editor does."""
    writer = IncrementalPdfFileWriter(BytesIO(file))
    change(writer)
    made = BytesIO()
    write: Callable[[BytesIO], None] = writer.write
    write(made)
    return made.getvalue()


def _touched(writer: IncrementalPdfFileWriter) -> None:
    touch: Callable[[], None] = writer.update_root
    touch()


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
        "an update that changes nothing": _updated(sealed, _touched),
        "an update that paints over the first page": _updated(sealed, _overlaid),
        "an update that takes the signature out of its box": _updated(sealed, _emptied),
        "a second signature, by another": _sign_elsewhere(sealed, foreign),
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


def test_a_seal_stays_verified_after_its_device_has_gone(ca: Authority, shown: bytes) -> None:
    device = PadesSealer(ca.issue("Ancienne", BEGIN, days=1), ca.root)
    made = device.seal(shown, STROKE, "Claire Delmas", BEGIN + timedelta(hours=3), "Chartres")
    assert PadesSealer(None, ca.root).verify(made, digest(made)).is_verified


def test_a_long_form_is_sealed_on_its_last_page(sealer: PadesSealer) -> None:
    form = ReportlabPaper().order_form(content(long(5, 34)))
    made = sealer.seal(form, STROKE, "Claire Delmas", AT, "Chartres")
    assert sealer.verify(made, digest(made)).is_verified
    assert "Chartres" in stamp_text(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    said = wording(language)["seals"]
    for code in (
        *("VERIFIED", "SEAL_OTHER_FILE", "SEAL_UNREADABLE", "SEAL_MISSING"),
        *("SEAL_NOT_WHOLE", "SEAL_BROKEN", "SEAL_UNTRUSTED"),
    ):
        assert said[code]


def test_the_app_starts_without_the_document_libraries() -> None:
    """They cost a second at start; the first form or seal brings them in."""
    script = (
        "import sys; import app.adapters.paper.renderer, app.adapters.seal.sealer, app.adapters.paper.company; "
        "print([name for name in ('reportlab', 'pyhanko', 'cryptography', 'asn1crypto') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
